// How many lanes a thread has where nobody measured what is best.
#include "miner/make_hasher.hpp"

#include <string>

#include "jit/program_jit.hpp"
#include "support/test.hpp"
#include "support/topologies.hpp"

namespace {

using namespace ibct;
using namespace test::topologies;
using test::Topology;

unsigned lanes(const Topology& topology, size_t threads, Algorithm algorithm = Algorithm::rx0) {
  std::vector<LogicalCpu> cpus = test::cpusOf(topology);
  recommendThreads(cpus, topology.maker, threads);
  std::vector<uint32_t> hashing;
  for (const LogicalCpu& cpu : cpus)
    if (cpu.recommended) hashing.push_back(cpu.id);
  return defaultLanes(algorithm, scratchpadsPerThread(cpus, topology.maker, hashing), false);
}

TEST("as many lanes as caches and cores hold") {
  if (!kLanesPay) return;
  const Topology ryzen = alike("Ryzen 7 5700X", kAmd, 8, 2, 512, 32 * kMiB);
  CHECK_EQUAL(lanes(ryzen, 16), 1u);
  CHECK_EQUAL(lanes(ryzen, 8), 2u);
  CHECK_EQUAL(lanes(ryzen, 4), 2u);  // more would not have its level 2
  const Topology largeCache = alike("Ryzen 7 7800X3D", kAmd, 8, 2, 1 * kMiB, 96 * kMiB);
  CHECK_EQUAL(lanes(largeCache, 16), 2u);
  CHECK_EQUAL(lanes(largeCache, 8), 4u);
  CHECK_EQUAL(lanes(largeCache, 8, Algorithm::rx2), 2u);
  CHECK_EQUAL(lanes(alike("i5-12400", kIntel, 6, 2, 1280, 18 * kMiB), 9), 1u);
  CHECK_EQUAL(lanes(alike("i7-1185G7", kIntel, 4, 2, 1280, 12 * kMiB), 6), 1u);
  CHECK_EQUAL(lanes(hybrid("i7-12700K", 8, 2, 1280, 4, 2 * kMiB, 25 * kMiB), 18), 1u);
}

TEST("CryptoNight takes two at most, and one lane is the least") {
  const Topology ryzen = alike("Ryzen 7 5700X", kAmd, 8, 2, 512, 32 * kMiB);
  CHECK_EQUAL(lanes(ryzen, 4, Algorithm::cn1), 2u);
  CHECK_EQUAL(lanes(ryzen, 16, Algorithm::cn1), 1u);
  CHECK_EQUAL(lanes(alike("unknown caches", Maker::other, 4, 1, 0, 0), 4), 1u);
}

TEST("a virtual machine's caches say nothing: all lanes") {
  CHECK_EQUAL(defaultLanes(Algorithm::rx0, 0, true), kLanesPay ? 4u : 1u);
  CHECK_EQUAL(defaultLanes(Algorithm::rx2, 0, true), kLanesPay ? 4u : 1u);
  CHECK_EQUAL(defaultLanes(Algorithm::cn1, 0, true), 2u);
}

TEST("a wish for prefetch or rounding goes before what the machine would have") {
  CpuFeatures machine;
  machine.datasetPrefetch = DatasetPrefetch::nta;
  HasherKind kind{Algorithm::rx0, CodePath::jit};
  CHECK(featuresFor(kind, machine).datasetPrefetch == DatasetPrefetch::nta);
  CHECK(!featuresFor(kind, machine).fastEmbeddedRounding);
  kind.rounding = RoundingChoice::embedded;
  CHECK(featuresFor(kind, machine).fastEmbeddedRounding);
  kind.prefetch = PrefetchChoice::t0;
  CHECK(featuresFor(kind, machine).datasetPrefetch == DatasetPrefetch::t0);
  kind.prefetch = PrefetchChoice::none;
  CHECK(featuresFor(kind, machine).datasetPrefetch == DatasetPrefetch::none);
  machine.datasetPrefetch = DatasetPrefetch::t0;
  kind.prefetch = PrefetchChoice::nta;
  CHECK(featuresFor(kind, machine).datasetPrefetch == DatasetPrefetch::nta);
}

}  // namespace
