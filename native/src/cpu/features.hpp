// CPU features that choose code paths, read once (cpuid / getauxval).
#pragma once

#include <cstdint>

namespace ibct {

// Into which caches dataset lines are called: all (t0), past most of them (nta), or not ahead of
// time.
enum class DatasetPrefetch : uint8_t { t0, nta, none };

struct CpuFeatures {
  bool aes = false;
  bool ssse3 = false;
  bool avx2 = false;
  bool avx512 = false;  // F + DQ + BW + VL, and the OS saves the state
  bool vaes = false;    // VAES on ymm (with avx2); on zmm when avx512 too
  bool bmi2 = false;
  // With avx512: rounding modes in instructions beat writing MXCSR. So it was measured on AMD's
  // Zen 4; processors on which nobody measured it are left out.
  bool fastEmbeddedRounding = false;
  // Intel's: writing MXCSR costs less than a branch around it, and dataset lines are best called by
  // prefetchnta. So says a model of the loop on Emerald Rapids.
  bool fastControlWord = false;
  DatasetPrefetch datasetPrefetch = DatasetPrefetch::t0;
};

// What this machine has. Tests pass reduced copies to force a slower path.
const CpuFeatures& cpuFeatures();

}  // namespace ibct
