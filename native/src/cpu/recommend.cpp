#include <algorithm>
#include <map>
#include <tuple>

#include "topology.hpp"

namespace ibct {
namespace {

constexpr size_t kScratchpadBytes = size_t{2} << 20;

// How many scratchpads stay in cache; without a known cache, one thread a core.
size_t threadsThatPay(const std::vector<LogicalCpu*>& group) {
  const size_t cores = static_cast<size_t>(std::count_if(
      group.begin(), group.end(), [](const LogicalCpu* cpu) { return cpu->smtIndex == 0; }));
  const size_t cacheBytes = group.front()->l3Bytes;
  if (cacheBytes == 0) return std::max<size_t>(cores, 1);
  return std::clamp<size_t>(cacheBytes / kScratchpadBytes, 1, group.size());
}

}  // namespace

void recommendThreads(std::vector<LogicalCpu>& cpus, size_t most) {
  std::map<uint32_t, std::vector<LogicalCpu*>> groups;
  for (LogicalCpu& cpu : cpus) {
    cpu.recommended = false;
    if (cpu.allowed) groups[cpu.l3Group].push_back(&cpu);
  }
  // By what they are worth, then by their place in the group, so that few threads share little.
  std::vector<std::tuple<uint32_t, CoreKind, size_t, LogicalCpu*>> chosen;
  for (auto& [id, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [](const LogicalCpu* a, const LogicalCpu* b) {
      return std::tuple(a->smtIndex, a->kind) < std::tuple(b->smtIndex, b->kind);
    });
    const size_t count = threadsThatPay(group);
    for (size_t i = 0; i < count; ++i)
      chosen.emplace_back(group[i]->smtIndex, group[i]->kind, i, group[i]);
  }
  std::sort(chosen.begin(), chosen.end());
  for (size_t i = 0; i < chosen.size() && i < std::max<size_t>(most, 1); ++i)
    std::get<LogicalCpu*>(chosen[i])->recommended = true;
}

size_t cacheBytesPerThread(const std::vector<LogicalCpu>& cpus,
                           const std::vector<uint32_t>& hashingCpus) {
  std::map<uint32_t, size_t> threadsOf;
  std::map<uint32_t, size_t> bytesOf;
  for (const LogicalCpu& cpu : cpus) {
    if (std::find(hashingCpus.begin(), hashingCpus.end(), cpu.id) == hashingCpus.end()) continue;
    ++threadsOf[cpu.l3Group];
    bytesOf[cpu.l3Group] = cpu.l3Bytes;
  }
  size_t least = SIZE_MAX;
  for (const auto& [group, threads] : threadsOf) least = std::min(least, bytesOf[group] / threads);
  return least == SIZE_MAX ? 0 : least;
}

}  // namespace ibct
