// Which hashing threads are recommended.
#include <string>

#include "cpu/topology.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

constexpr size_t kMiB = size_t{1} << 20;

LogicalCpu cpuOf(uint32_t id, uint32_t core, uint32_t smtIndex, uint32_t group, size_t l3Bytes) {
  LogicalCpu cpu;
  cpu.id = id;
  cpu.core = core;
  cpu.smtIndex = smtIndex;
  cpu.l3Group = group;
  cpu.l3Bytes = l3Bytes;
  return cpu;
}

// As Linux numbers them: first threads of all cores, then their siblings.
std::vector<LogicalCpu> withSiblings(uint32_t cores, uint32_t coresAGroup, size_t l3Bytes) {
  std::vector<LogicalCpu> cpus;
  for (uint32_t smt = 0; smt < 2; ++smt)
    for (uint32_t core = 0; core < cores; ++core)
      cpus.push_back(cpuOf(smt * cores + core, core, smt, core / coresAGroup, l3Bytes));
  return cpus;
}

std::string recommended(std::vector<LogicalCpu> cpus, size_t most = SIZE_MAX) {
  recommendThreads(cpus, most);
  std::string ids;
  for (const LogicalCpu& cpu : cpus)
    if (cpu.recommended) ids += (ids.empty() ? "" : " ") + std::to_string(cpu.id);
  return ids;
}

TEST("as many as have their scratchpads in the cache, cores before siblings") {
  CHECK_EQUAL(recommended(withSiblings(4, 4, 12 * kMiB)), "0 1 2 3 4 5");
  CHECK_EQUAL(recommended(withSiblings(4, 4, 32 * kMiB)), "0 1 2 3 4 5 6 7");
  CHECK_EQUAL(recommended(withSiblings(4, 4, 1 * kMiB)), "0");
}

TEST("each group by its own cache") {
  CHECK_EQUAL(recommended(withSiblings(4, 2, 4 * kMiB)), "0 1 2 3");
}

TEST("one thread a core where the cache is unknown") {
  CHECK_EQUAL(recommended(withSiblings(2, 2, 0)), "0 1");
}

TEST("performance cores first") {
  std::vector<LogicalCpu> cpus;
  for (uint32_t id = 0; id < 4; ++id) {
    cpus.push_back(cpuOf(id, id, 0, 0, 4 * kMiB));
    cpus.back().kind = id < 2 ? CoreKind::efficiency : CoreKind::performance;
  }
  CHECK_EQUAL(recommended(cpus), "2 3");
}

TEST("only CPUs that this process may use") {
  std::vector<LogicalCpu> cpus = withSiblings(2, 2, 32 * kMiB);
  cpus[0].allowed = false;
  CHECK_EQUAL(recommended(cpus), "1 2 3");
}

TEST("a container's quota takes the least worthy away, and not all of one cache") {
  CHECK_EQUAL(recommended(withSiblings(4, 4, 32 * kMiB), 3), "0 1 2");
  CHECK_EQUAL(recommended(withSiblings(4, 2, 32 * kMiB), 2), "0 2");
  CHECK_EQUAL(recommended(withSiblings(4, 4, 32 * kMiB), 0), "0");
}

TEST("the smallest share of a cache is told") {
  const std::vector<LogicalCpu> cpus = withSiblings(4, 2, 8 * kMiB);
  CHECK_EQUAL(cacheBytesPerThread(cpus, {0, 2}), 8 * kMiB);
  CHECK_EQUAL(cacheBytesPerThread(cpus, {0, 1, 2}), 4 * kMiB);
  CHECK_EQUAL(cacheBytesPerThread(cpus, {}), 0u);
}

}  // namespace
