// Linux: /sys/devices/system/cpu (Documentation/ABI/testing/sysfs-devices-system-cpu) and the
// affinity mask.
#if defined(__linux__)

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "control_groups.hpp"
#include "cpu_list.hpp"
#include "numa.hpp"
#include "topology.hpp"

namespace ibct {
namespace {

const std::string kCpuFolder = "/sys/devices/system/cpu/";

std::string firstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

uint32_t number(const std::string& path, uint32_t otherwise) {
  const std::string text = firstLine(path);
  if (text.empty() || text[0] < '0' || text[0] > '9') return otherwise;
  return static_cast<uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
}

// "1024K", "32M"
size_t byteSize(const std::string& text) {
  char* end = nullptr;
  const unsigned long long value = std::strtoull(text.c_str(), &end, 10);
  const unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
  return static_cast<size_t>(value) << shift;
}

std::set<uint32_t> allowedCpus() {
  std::vector<cpu_set_t> mask(kMostCpus / CPU_SETSIZE);
  const size_t bytes = mask.size() * sizeof(cpu_set_t);
  std::set<uint32_t> cpus;
  if (sched_getaffinity(getpid(), bytes, mask.data()) != 0) return cpus;
  for (uint32_t cpu = 0; cpu < kMostCpus; ++cpu) {
    if (CPU_ISSET_S(cpu, bytes, mask.data())) cpus.insert(cpu);
  }
  return cpus;
}

void readCaches(const std::string& folder, LogicalCpu& cpu) {
  uint32_t lastLevel = 0;
  for (unsigned index = 0; index < 8; ++index) {
    const std::string cache = folder + "cache/index" + std::to_string(index) + "/";
    const uint32_t level = number(cache + "level", 0);
    if (level == 0) break;
    if (firstLine(cache + "type") == "Instruction") continue;
    const size_t bytes = byteSize(firstLine(cache + "size"));
    const std::set<uint32_t> sharers = cpuList(firstLine(cache + "shared_cpu_list"));
    if (level == 2) cpu.l2Bytes = bytes;
    if (level == 2 && !sharers.empty()) cpu.l2Group = *sharers.begin();
    if (level == 3) cpu.l3Bytes = bytes;
    if (level >= lastLevel && level >= 2 && !sharers.empty()) {
      lastLevel = level;
      cpu.l3Group = *sharers.begin();
    }
  }
}

LogicalCpu readCpu(uint32_t id) {
  const std::string folder = kCpuFolder + "cpu" + std::to_string(id) + "/";
  LogicalCpu cpu;
  cpu.id = id;
  cpu.package = number(folder + "topology/physical_package_id", 0);
  const std::set<uint32_t> siblings = cpuList(firstLine(folder + "topology/thread_siblings_list"));
  cpu.core = siblings.empty() ? id : *siblings.begin();
  cpu.smtIndex = static_cast<uint32_t>(std::distance(siblings.begin(), siblings.lower_bound(id)));
  cpu.l2Group = cpu.core;
  cpu.l3Group = cpu.package;
  readCaches(folder, cpu);
  return cpu;
}

// Intel names its two kinds of cores; elsewhere differing capacities tell them apart.
void readCoreKinds(std::map<uint32_t, LogicalCpu>& cpus) {
  const auto mark = [&](const std::string& path, CoreKind kind) {
    for (const uint32_t id : cpuList(firstLine(path))) {
      const auto cpu = cpus.find(id);
      if (cpu != cpus.end()) cpu->second.kind = kind;
    }
  };
  const std::string efficient = "/sys/devices/cpu_atom/cpus";
  if (!firstLine(efficient).empty()) {
    mark("/sys/devices/cpu_core/cpus", CoreKind::performance);
    mark(efficient, CoreKind::efficiency);
    return;
  }
  std::map<uint32_t, uint32_t> capacities;
  uint32_t largest = 0;
  uint32_t smallest = UINT32_MAX;
  for (const auto& [id, cpu] : cpus) {
    const uint32_t capacity = number(kCpuFolder + "cpu" + std::to_string(id) + "/cpu_capacity", 0);
    capacities[id] = capacity;
    largest = std::max(largest, capacity);
    smallest = std::min(smallest, capacity);
  }
  if (smallest == largest) return;
  for (auto& [id, cpu] : cpus) {
    cpu.kind = capacities[id] == largest ? CoreKind::performance : CoreKind::efficiency;
  }
}

}  // namespace

std::vector<LogicalCpu> cpuTopology() {
  const std::set<uint32_t> allowed = allowedCpus();
  std::set<uint32_t> online = cpuList(firstLine(kCpuFolder + "online"));
  if (online.empty()) online = allowed;
  if (online.empty()) online.insert(0);

  std::map<uint32_t, LogicalCpu> cpus;
  for (const uint32_t id : online) cpus[id] = readCpu(id);
  for (const auto& [id, node] : nodeByCpu())
    if (cpus.count(id) != 0) cpus[id].numaNode = node;
  readCoreKinds(cpus);

  std::vector<LogicalCpu> list;
  for (auto& [id, cpu] : cpus) {
    cpu.allowed = allowed.empty() || allowed.count(id) != 0;
    list.push_back(cpu);
  }
  recommendThreads(list, processor().maker, cpusGranted());
  return list;
}

}  // namespace ibct

#endif
