// The logical CPUs of this machine, what they share, and how many hashing threads pay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "processor.hpp"

namespace ibct {

enum class CoreKind : uint8_t { uniform, performance, efficiency };

struct LogicalCpu {
  uint32_t id = 0;
  uint32_t core = 0;  // equal for SMT siblings
  uint32_t package = 0;
  uint32_t numaNode = 0;
  uint32_t l2Group = 0;   // equal for CPUs that share their level 2 cache
  uint32_t l3Group = 0;   // equal for CPUs that share their last level cache
  uint32_t smtIndex = 0;  // 0: first logical CPU of its core
  size_t l2Bytes = 0;     // of the cache instance this CPU uses; 0: unknown
  size_t l3Bytes = 0;
  CoreKind kind = CoreKind::uniform;
  bool allowed = true;  // in this process's affinity mask
  bool recommended = false;
};

// Ascending ids; at least one entry. Read anew on each call (CPUs and masks change).
std::vector<LogicalCpu> cpuTopology();

// Marks the hashing threads that pay: as many as have their scratchpads in the caches, one thread a
// core before SMT siblings, performance cores before efficiency cores, only CPUs that are allowed,
// and no more than `most`. Without a known cache, one thread a core.
void recommendThreads(std::vector<LogicalCpu>& cpus, Maker maker, size_t most = SIZE_MAX);

// How many scratchpads stay in cache for the one of these hashing threads that has least; 0: not
// even one, or unknown.
size_t scratchpadsPerThread(const std::vector<LogicalCpu>& cpus, Maker maker,
                            const std::vector<uint32_t>& hashingCpus);

std::string cpuName();

}  // namespace ibct
