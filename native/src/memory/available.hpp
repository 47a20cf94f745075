// How much memory can be had without swapping or being killed.
#pragma once

#include <cstdint>
#include <string>

#include "region.hpp"

namespace ibct {

constexpr uint64_t kMiB = uint64_t{1} << 20;

struct MemoryReport {
  uint64_t totalBytes = 0;
  uint64_t availableBytes = 0;  // what the system and the control group (container) still give
  uint64_t huge2mFreeBytes = 0;
  uint64_t huge1gFreeBytes = 0;
  // Huge pages come from what was reserved for them; else they are of what is available.
  bool hugePagesReserved = true;
};

MemoryReport memoryReport();
// What is free on one node of memory, without what the system could make free there. Nothing where
// it tells nothing. `root`: tests have other files.
MemoryReport memoryOfNode(uint32_t node, const std::string& root = "");

// Whether that much can be had under this policy: in reserved pages, or in ordinary ones with
// `leftToOthers` bytes to spare. True when the system tells nothing.
bool hasRoomFor(const MemoryReport& memory, uint64_t bytes, PagePolicy policy,
                uint64_t leftToOthers);

}  // namespace ibct
