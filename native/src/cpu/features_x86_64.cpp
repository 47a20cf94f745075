// CPU features on x86-64: cpuid, and xgetbv for what the operating system saves on a context
// switch.
#if defined(__x86_64__)

#include <cpuid.h>

#include <cstdint>

#include "features.hpp"
#include "processor.hpp"

namespace ibct {
namespace {

struct Registers {
  uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

Registers cpuid(uint32_t leaf, uint32_t subleaf) {
  Registers r;
  if (__get_cpuid_count(leaf, subleaf, &r.eax, &r.ebx, &r.ecx, &r.edx) == 0) return {};
  return r;
}

constexpr bool bit(uint32_t word, unsigned position) { return ((word >> position) & 1u) != 0; }

// Extended control register 0: which register files the operating system saves.
uint64_t savedState() {
  uint32_t low = 0;
  uint32_t high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t{high} << 32) | low;
}

CpuFeatures detect() {
  const Registers basic = cpuid(1, 0);
  const Registers extended = cpuid(7, 0);
  const uint64_t saved = bit(basic.ecx, 27) ? savedState() : 0;
  const bool savesYmm = (saved & 0x06) == 0x06;
  const bool savesZmm = (saved & 0xe6) == 0xe6;

  CpuFeatures features;
  features.aes = bit(basic.ecx, 25);
  features.ssse3 = bit(basic.ecx, 9);
  features.bmi2 = bit(extended.ebx, 8);
  features.avx2 = savesYmm && bit(basic.ecx, 28) && bit(extended.ebx, 5);
  features.avx512 = savesZmm && features.avx2 && bit(extended.ebx, 16) && bit(extended.ebx, 17) &&
                    bit(extended.ebx, 30) && bit(extended.ebx, 31);
  features.vaes = features.avx2 && features.aes && bit(extended.ecx, 9);
  features.fastEmbeddedRounding = features.avx512 && processor().maker == Maker::amd;
  features.fastControlWord = processor().maker == Maker::intel;
  if (processor().maker == Maker::intel) features.datasetPrefetch = DatasetPrefetch::nta;
  return features;
}

}  // namespace

const CpuFeatures& cpuFeatures() {
  static const CpuFeatures features = detect();
  return features;
}

}  // namespace ibct

#endif
