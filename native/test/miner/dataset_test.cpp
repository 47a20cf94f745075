// Where a dataset's copies are put.
#include "miner/dataset.hpp"

#include "dataset/cache.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

constexpr uint64_t kGiB = uint64_t{1} << 30;

MemoryReport freeOf(uint64_t bytes) {
  MemoryReport memory;
  memory.totalBytes = 64 * kGiB;
  memory.availableBytes = bytes;
  return memory;
}

// The nodes of each place, as text: "0 | 1" for a copy on each of two.
std::string placesOf(const std::vector<MemoryNode>& nodes, uint64_t whole,
                     const std::function<MemoryReport(uint32_t)>& ofNode,
                     PagePolicy pages = PagePolicy::automatic) {
  std::string text;
  for (const DatasetPlace& place : datasetPlaces(nodes, pages, freeOf(whole), ofNode)) {
    if (!text.empty()) text += "| ";
    for (const uint32_t node : place.nodes) text += std::to_string(node) + " ";
  }
  return text;
}

TEST("a copy on each node that has room, else one dataset over all of them") {
  const MemoryNode zero{0, {0, 1}};
  const MemoryNode one{1, {2, 3}};
  const MemoryNode two{2, {4}};
  const auto roomy = [](uint32_t) { return freeOf(8 * kGiB); };
  const auto fullButTwo = [](uint32_t node) { return freeOf(node == 2 ? 8 * kGiB : kGiB); };
  const auto fullOne = [](uint32_t node) { return freeOf(node == 1 ? kGiB : 8 * kGiB); };
  const auto none = [](uint32_t) { return MemoryReport(); };
  CHECK_EQUAL(placesOf({zero}, 64 * kGiB, roomy), "");
  CHECK_EQUAL(placesOf({zero, one}, 64 * kGiB, roomy), "0 | 1 ");
  CHECK_EQUAL(placesOf({zero, one, two}, 64 * kGiB, fullOne), "0 | 2 ");
  CHECK_EQUAL(placesOf({zero, one, two}, 64 * kGiB, fullButTwo), "0 1 2 ");
  CHECK_EQUAL(placesOf({zero, one}, 64 * kGiB, none), "0 1 ");
  // A container's limit, or all but what others need.
  CHECK_EQUAL(placesOf({zero, one}, 6 * kGiB, roomy), "0 1 ");
  CHECK_EQUAL(placesOf({zero, one, two}, 7 * kGiB, roomy), "0 | 1 ");
}

TEST("a place has the CPUs of its node") {
  const auto roomy = [](uint32_t) { return freeOf(8 * kGiB); };
  const auto places =
      datasetPlaces({{0, {0, 1}}, {3, {2}}}, PagePolicy::automatic, freeOf(64 * kGiB), roomy);
  CHECK_EQUAL(places.size(), 2u);
  CHECK(places[0].cpus == (std::vector<uint32_t>{0, 1}));
  CHECK(places[1].cpus == (std::vector<uint32_t>{2}));
}

#if defined(__linux__)

// By the files of test/vectors/numa.
std::string placesOn(const std::string& machine, PagePolicy pages) {
  const std::string root = test::vectorsFolder() + "/numa/" + machine;
  std::vector<LogicalCpu> topology;
  std::vector<uint32_t> all;
  for (const auto& [id, node] : nodeByCpu(root)) {
    topology.emplace_back();
    topology.back().id = id;
    topology.back().numaNode = node;
    all.push_back(id);
  }
  const auto ofNode = [&](uint32_t node) { return memoryOfNode(node, root); };
  return placesOf(nodesOf(topology, all), 64 * kGiB, ofNode, pages);
}

TEST("machines as Linux tells of them") {
  // The second socket's memory is nearly used up, but 2 MiB pages were reserved there.
  CHECK_EQUAL(placesOn("two-sockets", PagePolicy::automatic), "0 | 1 ");
  CHECK_EQUAL(placesOn("two-sockets", PagePolicy::ordinary), "0 1 ");
  CHECK_EQUAL(placesOn("two-of-four-with-memory", PagePolicy::automatic), "0 | 2 ");
  CHECK_EQUAL(placesOn("emulated", PagePolicy::automatic), "");
}

#endif

}  // namespace
