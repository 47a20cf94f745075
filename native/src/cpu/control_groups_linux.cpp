// Linux: cgroups(7), versions 1 and 2.
#if defined(__linux__)

#include <algorithm>
#include <climits>
#include <fstream>

#include "control_groups.hpp"

namespace ibct {
namespace {

// "cpu,cpuacct"
bool isListed(const std::string& controllers, const std::string& name) {
  return ("," + controllers + ",").find("," + name + ",") != std::string::npos;
}

// v2: "150000 100000" or "max 100000"; v1: two files, the quota -1 without a limit.
unsigned cpusOfGroup(const std::string& folder, bool isV2) {
  long long quota = 0;
  long long period = 0;
  if (isV2) {
    std::ifstream(folder + "cpu.max") >> quota >> period;
  } else {
    std::ifstream(folder + "cpu.cfs_quota_us") >> quota;
    std::ifstream(folder + "cpu.cfs_period_us") >> period;
  }
  if (quota <= 0 || period <= 0) return UINT_MAX;
  return static_cast<unsigned>(std::min<long long>((quota - 1) / period + 1, UINT_MAX));
}

}  // namespace

void forEachControlGroup(const std::string& root, const std::string& controller,
                         const std::function<void(const std::string& folder, bool isV2)>& visit) {
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool isV2 = controllers.empty();
    if (!isV2 && !isListed(controllers, controller)) continue;
    const std::string mount = root + "/sys/fs/cgroup" + (isV2 ? "" : "/" + controller);
    std::string path = line.substr(second + 1);
    for (;;) {
      visit(mount + (path == "/" ? "" : path) + "/", isV2);
      const size_t slash = path.rfind('/');
      if (slash == std::string::npos || path.size() <= 1) break;
      path.erase(slash == 0 ? 1 : slash);
    }
  }
}

unsigned cpusGranted(const std::string& root) {
  unsigned cpus = UINT_MAX;
  forEachControlGroup(root, "cpu", [&](const std::string& folder, bool isV2) {
    cpus = std::min(cpus, cpusOfGroup(folder, isV2));
  });
  return cpus;
}

}  // namespace ibct

#endif
