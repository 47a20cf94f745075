// Systems whose topology is not read yet: as many equal cores as the standard library reports.
#if !defined(__linux__) && !defined(_WIN32)

#include <algorithm>
#include <thread>

#include "topology.hpp"

namespace ibct {

std::vector<LogicalCpu> cpuTopology() {
  std::vector<LogicalCpu> cpus(std::max(1u, std::thread::hardware_concurrency()));
  for (uint32_t id = 0; id < cpus.size(); ++id) {
    cpus[id].id = id;
    cpus[id].core = cpus[id].l2Group = id;
  }
  recommendThreads(cpus, processor().maker);
  return cpus;
}

}  // namespace ibct

#endif
