// Which memory CPUs are near to, and what is free there, read from files in the form that Linux
// gives them.
#include "cpu/numa.hpp"

#include "memory/available.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

std::string machine(const std::string& name) { return test::vectorsFolder() + "/numa/" + name; }

TEST("a CPU's node is read") {
  const auto nodes = nodeByCpu(machine("two-sockets"));
  CHECK_EQUAL(nodes.size(), 64u);
  for (const auto& [cpu, node] : nodes) CHECK_EQUAL(node, cpu / 16 % 2);
}

TEST("a CPU that several emulated nodes claim belongs to one") {
  for (const auto& [cpu, node] : nodeByCpu(machine("emulated"))) CHECK_EQUAL(node, 0u);
}

TEST("a machine that tells nothing has no nodes") {
  CHECK(nodeByCpu(machine("no-such-machine")).empty());
}

TEST("only nodes whose CPUs hash count, each with all of its CPUs") {
  std::vector<LogicalCpu> cpus(8);
  for (uint32_t id = 0; id < 8; ++id) {
    cpus[id].id = id;
    cpus[id].numaNode = id / 2;
  }
  const auto nodes = nodesOf(cpus, {7, 2, 3});
  CHECK_EQUAL(nodes.size(), 2u);
  CHECK_EQUAL(nodes[0].id, 1u);
  CHECK(nodes[0].cpus == (std::vector<uint32_t>{2, 3}));
  CHECK_EQUAL(nodes[1].id, 3u);
  CHECK(nodes[1].cpus == (std::vector<uint32_t>{6, 7}));
}

#if defined(__linux__)

TEST("what is free on a node is read") {
  const MemoryReport first = memoryOfNode(0, machine("two-sockets"));
  CHECK_EQUAL(first.totalBytes, uint64_t{65780484} << 10);
  CHECK_EQUAL(first.availableBytes, uint64_t{61277300} << 10);
  CHECK_EQUAL(first.huge2mFreeBytes, 0u);
  CHECK_EQUAL(memoryOfNode(1, machine("two-sockets")).huge2mFreeBytes, uint64_t{1200} << 21);
  CHECK_EQUAL(memoryOfNode(9, machine("two-sockets")).totalBytes, 0u);
}

#endif

}  // namespace
