#include "numa.hpp"

#include <algorithm>
#include <fstream>

#include "cpu_list.hpp"

namespace ibct {

std::vector<MemoryNode> nodesOf(const std::vector<LogicalCpu>& topology,
                                const std::vector<uint32_t>& hashingCpus) {
  std::map<uint32_t, MemoryNode> nodes;
  for (const LogicalCpu& cpu : topology) {
    const bool hashes = std::count(hashingCpus.begin(), hashingCpus.end(), cpu.id) != 0;
    if (hashes) nodes[cpu.numaNode].id = cpu.numaNode;
  }
  for (const LogicalCpu& cpu : topology) {
    const auto node = nodes.find(cpu.numaNode);
    if (node != nodes.end()) node->second.cpus.push_back(cpu.id);
  }
  std::vector<MemoryNode> list;
  for (const auto& [id, node] : nodes) list.push_back(node);
  return list;
}

std::map<uint32_t, uint32_t> nodeByCpu(const std::string& root) {
  const std::string folder = root + "/sys/devices/system/node/";
  const auto listIn = [&](const std::string& file) {
    std::string line;
    std::ifstream stream(folder + file);
    std::getline(stream, line);
    return cpuList(line);
  };
  std::map<uint32_t, uint32_t> nodes;
  for (const uint32_t node : listIn("online"))
    for (const uint32_t cpu : listIn("node" + std::to_string(node) + "/cpulist"))
      nodes.emplace(cpu, node);
  return nodes;
}

}  // namespace ibct
