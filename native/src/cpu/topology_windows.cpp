// Windows: GetLogicalProcessorInformationEx. A logical CPU's number is 64 times its group's, and
// its place in the group (see bindThisThread).
#if defined(_WIN32)

#include <windows.h>

#include <algorithm>
#include <map>

#include "topology.hpp"

namespace ibct {
namespace {

constexpr uint32_t kCpusAGroup = 64;

using Cpus = std::map<uint32_t, LogicalCpu>;
using Record = SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX;

std::vector<uint32_t> cpusIn(const GROUP_AFFINITY& affinity) {
  std::vector<uint32_t> ids;
  for (uint32_t place = 0; place < kCpusAGroup; ++place)
    if ((affinity.Mask >> place & 1) != 0) ids.push_back(kCpusAGroup * affinity.Group + place);
  return ids;
}

// Calls `visit` with each record about `relation`.
template <typename Visit>
void eachRecord(LOGICAL_PROCESSOR_RELATIONSHIP relation, Visit visit) {
  DWORD bytes = 0;
  GetLogicalProcessorInformationEx(relation, nullptr, &bytes);
  std::vector<uint8_t> buffer(bytes);
  auto* first = reinterpret_cast<Record*>(buffer.data());
  if (bytes == 0 || GetLogicalProcessorInformationEx(relation, first, &bytes) == 0) return;
  for (DWORD at = 0; at < bytes;) {
    const auto* record = reinterpret_cast<const Record*>(buffer.data() + at);
    visit(*record);
    at += record->Size;
  }
}

// The byte after Flags, which older headers count among the reserved ones.
uint8_t efficiencyClass(const PROCESSOR_RELATIONSHIP& core) { return *(&core.Flags + 1); }

// Higher classes are faster; one class only means that all cores are alike.
void markKinds(Cpus& cpus, const std::map<uint32_t, uint8_t>& classes) {
  const auto byClass = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto [least, most] = std::minmax_element(classes.begin(), classes.end(), byClass);
  if (classes.empty() || least->second == most->second) return;
  for (const auto& [id, efficiency] : classes)
    cpus[id].kind = efficiency == most->second ? CoreKind::performance : CoreKind::efficiency;
}

void readCores(Cpus& cpus) {
  std::map<uint32_t, uint8_t> classes;
  eachRecord(RelationProcessorCore, [&](const Record& record) {
    const std::vector<uint32_t> siblings = cpusIn(record.Processor.GroupMask[0]);
    for (uint32_t i = 0; i < siblings.size(); ++i) {
      LogicalCpu& cpu = cpus[siblings[i]];
      cpu.id = siblings[i];
      cpu.core = cpu.l2Group = siblings[0];
      cpu.smtIndex = i;
      classes[cpu.id] = efficiencyClass(record.Processor);
    }
  });
  markKinds(cpus, classes);
}

void readPackages(Cpus& cpus) {
  uint32_t package = 0;
  eachRecord(RelationProcessorPackage, [&](const Record& record) {
    for (WORD group = 0; group < record.Processor.GroupCount; ++group)
      for (const uint32_t id : cpusIn(record.Processor.GroupMask[group]))
        cpus[id].package = cpus[id].l3Group = package;
    ++package;
  });
}

void readCaches(Cpus& cpus) {
  eachRecord(RelationCache, [&](const Record& record) {
    const CACHE_RELATIONSHIP& cache = record.Cache;
    const std::vector<uint32_t> sharers = cpusIn(cache.GroupMask);
    for (const uint32_t id : sharers) {
      if (cache.Type == CacheInstruction) continue;
      if (cache.Level == 2) cpus[id].l2Bytes = cache.CacheSize;
      if (cache.Level == 2) cpus[id].l2Group = sharers[0];
      if (cache.Level != 3) continue;
      cpus[id].l3Bytes = cache.CacheSize;
      cpus[id].l3Group = sharers[0];
    }
  });
}

void readNumaNodes(Cpus& cpus) {
  eachRecord(RelationNumaNode, [&](const Record& record) {
    for (const uint32_t id : cpusIn(record.NumaNode.GroupMask))
      cpus[id].numaNode = record.NumaNode.NodeNumber;
  });
}

// The mask is of the process's own group; a process in several groups has none.
void readAffinity(Cpus& cpus) {
  DWORD_PTR process = 0;
  DWORD_PTR system = 0;
  if (GetProcessAffinityMask(GetCurrentProcess(), &process, &system) == 0 || process == 0) return;
  USHORT group = 0;
  USHORT groups = 1;
  if (GetProcessGroupAffinity(GetCurrentProcess(), &groups, &group) == 0) return;
  for (auto& [id, cpu] : cpus)
    if (id / kCpusAGroup == group) cpu.allowed = (process >> id % kCpusAGroup & 1) != 0;
}

}  // namespace

std::vector<LogicalCpu> cpuTopology() {
  Cpus cpus;
  readCores(cpus);
  readPackages(cpus);
  readCaches(cpus);
  readNumaNodes(cpus);
  readAffinity(cpus);
  if (cpus.empty()) cpus[0] = {};

  std::vector<LogicalCpu> list;
  for (const auto& [id, cpu] : cpus) list.push_back(cpu);
  recommendThreads(list, processor().maker);
  return list;
}

}  // namespace ibct

#endif
