#include "cpu_list.hpp"

#include <cstdlib>

namespace ibct {

std::set<uint32_t> cpuList(const std::string& text) {
  std::set<uint32_t> cpus;
  const char* at = text.c_str();
  while (*at >= '0' && *at <= '9') {
    char* end = nullptr;
    const unsigned long first = std::strtoul(at, &end, 10);
    unsigned long last = first;
    if (*end == '-') last = std::strtoul(end + 1, &end, 10);
    for (unsigned long cpu = first; cpu <= last && cpu < kMostCpus; ++cpu) {
      cpus.insert(static_cast<uint32_t>(cpu));
    }
    at = *end == ',' ? end + 1 : end;
  }
  return cpus;
}

}  // namespace ibct
