// What the maker calls this processor.
#if defined(__x86_64__)
#include <cpuid.h>
#else
#include <fstream>
#endif

#include <cstring>
#include <string>

#include "topology.hpp"

namespace ibct {
namespace {

#if defined(__x86_64__)

// The brand string of cpuid's leaves 0x80000002 to 0x80000004.
std::string brand() {
  unsigned registers[12] = {};
  for (unsigned leaf = 0; leaf < 3; ++leaf) {
    unsigned* out = registers + 4 * leaf;
    if (__get_cpuid(0x80000002 + leaf, out, out + 1, out + 2, out + 3) == 0) return {};
  }
  const char* text = reinterpret_cast<const char*>(registers);
  return {text, strnlen(text, sizeof registers)};
}

#else

// The board's model, which says more than the processor's part number; Linux only.
std::string brand() {
  std::ifstream file("/sys/firmware/devicetree/base/model");
  std::string model;
  std::getline(file, model, '\0');
  return model;
}

#endif

}  // namespace

std::string cpuName() {
  const std::string name = brand();
  const size_t first = name.find_first_not_of(' ');
  if (first == std::string::npos) return "unknown CPU";
  return name.substr(first, name.find_last_not_of(' ') - first + 1);
}

}  // namespace ibct
