// Which CPUs are near to which memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "topology.hpp"

namespace ibct {

// A node of memory and the CPUs that are near to it, those too that may hash later.
struct MemoryNode {
  uint32_t id = 0;  // the system's number
  std::vector<uint32_t> cpus;
};

// Ascending numbers; only nodes that have some of these CPUs.
std::vector<MemoryNode> nodesOf(const std::vector<LogicalCpu>& topology,
                                const std::vector<uint32_t>& hashingCpus);

// Linux: the node of each CPU (/sys/devices/system/node/node*/cpulist). A CPU that several emulated
// nodes claim belongs to the first of them. `root`: tests have other files.
std::map<uint32_t, uint32_t> nodeByCpu(const std::string& root = "");

}  // namespace ibct
