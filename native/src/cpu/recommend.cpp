#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "topology.hpp"

namespace ibct {
namespace {

constexpr size_t kMiB = size_t{1} << 20;
constexpr size_t kScratchpadBytes = 2 * kMiB;
// What is read most of a scratchpad: level 2 of the specification.
constexpr size_t kMuchReadBytes = kMiB / 4;

using Group = std::vector<const LogicalCpu*>;

// The level 2 caches of a group.
struct Level2 {
  std::map<uint32_t, size_t> bytesOf;
  size_t allBytes = 0;

  explicit Level2(const Group& group) {
    for (const LogicalCpu* cpu : group) bytesOf[cpu->l2Group] = cpu->l2Bytes;
    for (const auto& [id, bytes] : bytesOf) allBytes += bytes;
  }

  bool eachHas(size_t bytes) const {
    return std::all_of(bytesOf.begin(), bytesOf.end(),
                       [=](const auto& cache) { return cache.second == bytes; });
  }
};

bool hasKind(const Group& group, CoreKind kind) {
  return std::any_of(group.begin(), group.end(),
                     [=](const LogicalCpu* cpu) { return cpu->kind == kind; });
}

size_t coresOf(const Group& group) {
  std::set<uint32_t> cores;
  for (const LogicalCpu* cpu : group) cores.insert(cpu->core);
  return cores.size();
}

// What of a level 2 cache holds lines that the last level does not. Half of it on AMD's Zen 4 and
// 5: it has eight ways only.
size_t ownBytes(Maker maker, size_t l2Bytes) {
  if (maker == Maker::amd && l2Bytes >= kMiB) return std::min(l2Bytes / 2, kScratchpadBytes);
  if (maker == Maker::intel && l2Bytes >= kScratchpadBytes) return kScratchpadBytes;
  return 0;
}

size_t scratchpadsBySize(const Group& group, Maker maker, const Level2& l2) {
  const size_t l3Bytes = group.front()->l3Bytes;
  const bool hybrid = hasKind(group, CoreKind::performance) && hasKind(group, CoreKind::efficiency);
  if (maker == Maker::intel && hybrid) return (l3Bytes + l2.allBytes) / kScratchpadBytes;
  // Skylake-X, where the last level takes what level 2 gives up.
  if (maker == Maker::intel && l2.eachHas(kMiB) && l3Bytes >= l2.allBytes)
    return 2 * l2.allBytes / kScratchpadBytes;
  size_t bytes = l3Bytes;
  for (const auto& [id, l2Bytes] : l2.bytesOf) bytes += ownBytes(maker, l2Bytes);
  // Half a scratchpad in cache is better than a core that does nothing.
  return (bytes + kScratchpadBytes / 2) / kScratchpadBytes;
}

// 0: the cache is unknown. A small level 2 serves one of them a core.
size_t scratchpadsInCache(const Group& group, Maker maker) {
  if (group.front()->l3Bytes == 0) return 0;
  const Level2 l2(group);
  const size_t count = scratchpadsBySize(group, maker, l2);
  if (l2.allBytes == 0) return count;
  return std::min(count, std::max(l2.allBytes / kMuchReadBytes, coresOf(group)));
}

}  // namespace

void recommendThreads(std::vector<LogicalCpu>& cpus, Maker maker, size_t most) {
  // Where others have a last level cache, cores without (Meteor Lake's two of low power) are slow.
  const bool anyL3 =
      std::any_of(cpus.begin(), cpus.end(), [](const LogicalCpu& cpu) { return cpu.l3Bytes != 0; });
  std::map<uint32_t, Group> groups;
  for (LogicalCpu& cpu : cpus) {
    cpu.recommended = false;
    if (cpu.allowed && (cpu.l3Bytes != 0 || !anyL3)) groups[cpu.l3Group].push_back(&cpu);
  }
  // By what they are worth, then by their place in the group, so that few threads share little.
  std::vector<std::tuple<uint32_t, CoreKind, size_t, uint32_t>> chosen;
  for (auto& [id, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [](const LogicalCpu* a, const LogicalCpu* b) {
      return std::tuple(a->smtIndex, a->kind) < std::tuple(b->smtIndex, b->kind);
    });
    const size_t fitting = scratchpadsInCache(group, maker);
    const size_t pay =
        group.front()->l3Bytes == 0 ? coresOf(group) : std::clamp<size_t>(fitting, 1, group.size());
    for (size_t i = 0; i < pay; ++i)
      chosen.emplace_back(group[i]->smtIndex, group[i]->kind, i, group[i]->id);
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.resize(std::min(chosen.size(), std::max<size_t>(most, 1)));
  for (const auto& [smtIndex, kind, place, id] : chosen)
    for (LogicalCpu& cpu : cpus) cpu.recommended |= cpu.id == id;
}

size_t scratchpadsPerThread(const std::vector<LogicalCpu>& cpus, Maker maker,
                            const std::vector<uint32_t>& hashingCpus) {
  std::map<uint32_t, Group> groups;
  for (const LogicalCpu& cpu : cpus)
    if (std::find(hashingCpus.begin(), hashingCpus.end(), cpu.id) != hashingCpus.end())
      groups[cpu.l3Group].push_back(&cpu);
  size_t least = SIZE_MAX;
  for (const auto& [id, group] : groups)
    least = std::min(least, scratchpadsInCache(group, maker) / group.size());
  return groups.empty() ? 0 : least;
}

}  // namespace ibct
