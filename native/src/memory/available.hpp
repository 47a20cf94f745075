// How much memory can be had without swapping or being killed.
#pragma once

#include <cstdint>

namespace ibct {

struct MemoryReport {
  uint64_t totalBytes = 0;
  uint64_t availableBytes = 0;  // what the system and the control group (container) still give
  uint64_t huge2mFreeBytes = 0;
  uint64_t huge1gFreeBytes = 0;
};

MemoryReport memoryReport();

}  // namespace ibct
