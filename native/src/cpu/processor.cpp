#include "processor.hpp"

#if defined(__x86_64__)
#include <cpuid.h>

#include <cstring>
#endif

namespace ibct {
namespace {

#if defined(__x86_64__)

// A maker's twelve letters, in the order ebx, edx, ecx (ebx, ecx, edx for hypervisors).
bool isNamed(const char* name, uint32_t first, uint32_t second, uint32_t third) {
  const uint32_t words[] = {first, second, third};
  return std::memcmp(words, name, sizeof words) == 0;
}

// Windows itself runs on a hypervisor where it guards its memory by one; its partition owns the
// machine (Hypervisor Top-Level Functional Specification: CreatePartitions).
bool isGuest() {
  uint32_t a = 0, b = 0, c = 0, d = 0;
  __cpuid(1, a, b, c, d);
  if ((c >> 31 & 1) == 0) return false;
  __cpuid(0x40000000, a, b, c, d);
  if (!isNamed("Microsoft Hv", b, c, d) || a < 0x40000003) return true;
  __cpuid(0x40000003, a, b, c, d);
  return (b & 1) == 0;
}

Processor detectProcessor() {
  uint32_t a = 0, b = 0, c = 0, d = 0;
  __cpuid(0, a, b, c, d);
  Processor processor;
  if (isNamed("AuthenticAMD", b, d, c)) processor.maker = Maker::amd;
  if (isNamed("GenuineIntel", b, d, c)) processor.maker = Maker::intel;
  processor.virtualMachine = isGuest();
  return processor;
}

#else

Processor detectProcessor() { return {}; }

#endif

}  // namespace

const Processor& processor() {
  static const Processor found = detectProcessor();
  return found;
}

}  // namespace ibct
