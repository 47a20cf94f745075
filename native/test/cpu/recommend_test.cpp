// Which hashing threads are recommended.
#include <algorithm>
#include <string>

#include "cpu/topology.hpp"
#include "support/test.hpp"
#include "support/topologies.hpp"

namespace {

using namespace ibct;
using namespace test::topologies;
using test::cpusOf;
using test::Topology;

std::vector<LogicalCpu> withRecommendation(const Topology& topology, size_t most = SIZE_MAX) {
  std::vector<LogicalCpu> cpus = cpusOf(topology);
  recommendThreads(cpus, topology.maker, most);
  return cpus;
}

std::string recommended(const std::vector<LogicalCpu>& cpus) {
  std::string ids;
  for (const LogicalCpu& cpu : cpus)
    if (cpu.recommended) ids += (ids.empty() ? "" : " ") + std::to_string(cpu.id);
  return ids;
}

std::string recommended(const Topology& topology, size_t most = SIZE_MAX) {
  return recommended(withRecommendation(topology, most));
}

size_t countOf(const Topology& topology) {
  const std::vector<LogicalCpu> cpus = withRecommendation(topology);
  return static_cast<size_t>(std::count_if(cpus.begin(), cpus.end(),
                                           [](const LogicalCpu& cpu) { return cpu.recommended; }));
}

struct Expected {
  Topology topology;
  size_t threads;
};

TEST("known processors get as many threads as their caches serve") {
  const Expected table[] = {
      // Intel, cores alike: inclusive or small level 2.
      {alike("i7-4770", kIntel, 4, 2, 256, 8 * kMiB), 4},
      {alike("i5-9400F", kIntel, 6, 1, 256, 9 * kMiB), 5},
      {alike("i7-9700K", kIntel, 8, 1, 256, 12 * kMiB), 6},
      {alike("i9-9900K", kIntel, 8, 2, 256, 16 * kMiB), 8},
      {alike("i7-1185G7", kIntel, 4, 2, 1280, 12 * kMiB), 6},
      {alike("i5-12400", kIntel, 6, 2, 1280, 18 * kMiB), 9},
      {{"N100", kIntel, {{4, 1, 2 * kMiB, 4, U, 0, 6 * kMiB}}}, 4},
      // Intel, large level 2 beside a last level cache that does not repeat it.
      {alike("i9-7900X", kIntel, 10, 2, 1 * kMiB, 14080), 10},
      {alike("Xeon Platinum 8481C, 8 cores", kIntel, 8, 2, 2 * kMiB, 105 * kMiB), 16},
      // Intel hybrids.
      {hybrid("i5-12600K", 6, 2, 1280, 4, 2 * kMiB, 20 * kMiB), 14},
      {hybrid("i7-12700K", 8, 2, 1280, 4, 2 * kMiB, 25 * kMiB), 18},
      {hybrid("i9-12900K", 8, 2, 1280, 8, 2 * kMiB, 30 * kMiB), 22},
      {hybrid("i5-13600K", 6, 2, 2 * kMiB, 8, 4 * kMiB, 24 * kMiB), 20},
      {hybrid("i7-13700K", 8, 2, 2 * kMiB, 8, 4 * kMiB, 30 * kMiB), 24},
      {hybrid("i9-13900K", 8, 2, 2 * kMiB, 16, 4 * kMiB, 36 * kMiB), 32},
      {hybrid("Core Ultra 7 265K", 8, 1, 3 * kMiB, 12, 4 * kMiB, 30 * kMiB), 20},
      {hybrid("i5-1260P", 4, 2, 1280, 8, 2 * kMiB, 18 * kMiB), 13},
      {hybrid("Core 7 120U", 2, 2, 1280, 8, 2 * kMiB, 12 * kMiB), 9},
      // AMD: 512 KiB of level 2 are 2 threads a core; half of 1 MiB counts.
      {clusters("Ryzen 5 3600", 2, {3, 2, 512, 1, U, 0, 16 * kMiB}), 12},
      {clusters("Ryzen 9 3950X", 4, {4, 2, 512, 1, U, 0, 16 * kMiB}), 32},
      {clusters("Ryzen 7 4700U", 2, {4, 1, 512, 1, U, 0, 4 * kMiB}), 4},
      {alike("Ryzen 5 5600", kAmd, 6, 2, 512, 32 * kMiB), 12},
      {alike("Ryzen 7 5800X3D", kAmd, 8, 2, 512, 96 * kMiB), 16},
      {alike("Ryzen 7 5700G", kAmd, 8, 2, 512, 16 * kMiB), 8},
      {clusters("Ryzen 9 7950X", 2, {8, 2, 1 * kMiB, 1, U, 0, 32 * kMiB}), 32},
      {alike("Ryzen 5 8600G", kAmd, 6, 2, 1 * kMiB, 16 * kMiB), 10},
      {alike("Ryzen 7 8700G", kAmd, 8, 2, 1 * kMiB, 16 * kMiB), 10},
      {{"Ryzen AI 9 HX 370",
        kAmd,
        {{4, 2, 1 * kMiB, 1, U, 0, 16 * kMiB}, {8, 2, 1 * kMiB, 1, U, 1, 8 * kMiB}}},
       14},
      // Caches that nobody tells of: one thread a core.
      {alike("four cores, two threads each", Maker::other, 4, 2, 0, 0), 4},
      {{"Cortex-A72", Maker::other, {{4, 1, 1 * kMiB, 4, U, 0, 0}}}, 4},
  };
  for (const Expected& row : table) {
    const size_t threads = countOf(row.topology);
    if (threads != row.threads)
      test::fail(__FILE__, __LINE__,
                 std::string(row.topology.name) + ": " + std::to_string(threads) + ", not " +
                     std::to_string(row.threads));
  }
}

TEST("performance cores first, then efficiency cores, then second threads") {
  const Topology small = hybrid("2 + 4", 2, 2, 1280, 4, 2 * kMiB, 9 * kMiB);
  CHECK_EQUAL(recommended(small, 2), "0 2");
  CHECK_EQUAL(recommended(small, 5), "0 2 4 5 6");
  CHECK_EQUAL(recommended(small), "0 2 4 5 6 7");
}

TEST("cores of low power, which have no last level cache, are left alone") {
  Topology meteorLake = hybrid("Core Ultra 7 155H", 6, 2, 2 * kMiB, 8, 2 * kMiB, 24 * kMiB);
  CHECK_EQUAL(countOf(meteorLake), 20u);
  meteorLake.cores.push_back({2, 1, 2 * kMiB, 2, E, 1, 0});
  CHECK_EQUAL(countOf(meteorLake), 20u);
  meteorLake.cores.back().cache = 0;  // as Windows tells it
  CHECK_EQUAL(countOf(meteorLake), 20u);
}

TEST("at least one thread, however small the cache") {
  CHECK_EQUAL(recommended(alike("tiny", Maker::other, 4, 2, 256, 512)), "0");
}

TEST("only CPUs that this process may use") {
  const Topology two = alike("two", kAmd, 2, 2, 512, 32 * kMiB);
  std::vector<LogicalCpu> cpus = cpusOf(two);
  cpus[0].allowed = false;
  recommendThreads(cpus, two.maker);
  CHECK_EQUAL(recommended(cpus), "1 2 3");
}

TEST("a container's quota takes the least worthy away, and not all of one cache") {
  const Topology one = alike("one cache", kAmd, 4, 2, 512, 32 * kMiB);
  CHECK_EQUAL(recommended(one, 3), "0 2 4");
  CHECK_EQUAL(recommended(one, 0), "0");
  const Topology two = clusters("two caches", 2, {2, 2, 512, 1, U, 0, 16 * kMiB});
  CHECK_EQUAL(recommended(two, 2), "0 4");
}

TEST("the smallest share of a cache is told") {
  const Topology two = clusters("two caches", 2, {2, 2, 1 * kMiB, 1, U, 0, 8 * kMiB});
  const auto share = [&](const std::vector<uint32_t>& hashing) {
    return scratchpadsPerThread(cpusOf(two), two.maker, hashing);
  };
  CHECK_EQUAL(share({0, 4}), 4u);
  CHECK_EQUAL(share({0, 2, 4}), 2u);
  CHECK_EQUAL(share({0, 1, 2, 3, 4}), 1u);
  CHECK_EQUAL(share({}), 0u);
}

}  // namespace
