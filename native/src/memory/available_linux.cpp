// Linux: /proc/meminfo, the hugetlb pools, and the limits of this process's memory control group
// (v2 and v1).
#if defined(__linux__)

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>

#include "../cpu/control_groups.hpp"
#include "available.hpp"
#include "mapping.hpp"

namespace ibct {
namespace {

std::optional<uint64_t> number(const std::string& path) {
  std::ifstream file(path);
  uint64_t value = 0;
  if (!(file >> value)) return std::nullopt;  // "max" too: no limit
  return value;
}

uint64_t memoryInfo(const std::string& name) {
  std::ifstream file("/proc/meminfo");
  std::string key;
  uint64_t kibibytes = 0;
  for (std::string rest; file >> key >> kibibytes; std::getline(file, rest)) {
    if (key == name) return kibibytes << 10;
  }
  return 0;
}

uint64_t statistic(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  std::string key;
  for (uint64_t value = 0; file >> key >> value;) {
    if (key == name) return value;
  }
  return 0;
}

// What is left in one group; page cache that can be dropped counts as free.
uint64_t leftInGroup(const std::string& folder, const char* limitName, const char* usageName,
                     const char* cacheName) {
  const std::optional<uint64_t> limit = number(folder + limitName);
  const std::optional<uint64_t> usage = number(folder + usageName);
  if (!limit || !usage) return UINT64_MAX;
  const uint64_t droppable = statistic(folder + "memory.stat", cacheName);
  const uint64_t used = *usage > droppable ? *usage - droppable : 0;
  return *limit > used ? *limit - used : 0;
}

// The tightest group on the way from this process's group up to the root.
uint64_t leftInGroups() {
  uint64_t left = UINT64_MAX;
  forEachControlGroup("", "memory", [&](const std::string& folder, bool isV2) {
    left =
        std::min(left, isV2 ? leftInGroup(folder, "memory.max", "memory.current", "inactive_file")
                            : leftInGroup(folder, "memory.limit_in_bytes", "memory.usage_in_bytes",
                                          "total_inactive_file"));
  });
  return left;
}

// `where`: of the whole machine, or of one node, which does not tell what is reserved of it.
uint64_t freeHugePages(const std::string& where, const char* size, uint64_t pageBytes) {
  const std::string folder = where + "hugepages/hugepages-" + size + "/";
  const uint64_t pages = number(folder + "free_hugepages").value_or(0);
  const uint64_t reserved = number(folder + "resv_hugepages").value_or(0);
  return (pages > reserved ? pages - reserved : 0) * pageBytes;
}

}  // namespace

MemoryReport memoryReport() {
  MemoryReport report;
  report.totalBytes = memoryInfo("MemTotal:");
  report.availableBytes = std::min(memoryInfo("MemAvailable:"), leftInGroups());
  report.huge2mFreeBytes = freeHugePages("/sys/kernel/mm/", "2048kB", kHuge2mBytes);
  report.huge1gFreeBytes = freeHugePages("/sys/kernel/mm/", "1048576kB", kHuge1gBytes);
  return report;
}

MemoryReport memoryOfNode(uint32_t node, const std::string& root) {
  const std::string folder = root + "/sys/devices/system/node/node" + std::to_string(node) + "/";
  MemoryReport report;
  std::ifstream file(folder + "meminfo");
  std::string word;  // "Node 1 MemFree: 1024 kB"
  std::string name;
  uint64_t kibibytes = 0;
  for (std::string rest; file >> word >> word >> name >> kibibytes; std::getline(file, rest)) {
    if (name == "MemTotal:") report.totalBytes = kibibytes << 10;
    if (name == "MemFree:") report.availableBytes = kibibytes << 10;
  }
  report.huge2mFreeBytes = freeHugePages(folder, "2048kB", kHuge2mBytes);
  report.huge1gFreeBytes = freeHugePages(folder, "1048576kB", kHuge1gBytes);
  return report;
}

}  // namespace ibct

#endif
