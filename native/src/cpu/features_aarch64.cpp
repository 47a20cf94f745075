// CPU features on AArch64: the AES instructions (the rest of CpuFeatures is x86-64's).
#if defined(__aarch64__)

#if defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#include "features.hpp"

namespace ibct {
namespace {

#if defined(__linux__)
bool hasAes() { return (getauxval(AT_HWCAP) & HWCAP_AES) != 0; }
#elif defined(__APPLE__)
bool hasAes() { return true; }  // every Apple 64-bit core
#else
bool hasAes() { return false; }
#endif

}  // namespace

const CpuFeatures& cpuFeatures() {
  static const CpuFeatures features = [] {
    CpuFeatures detected;
    detected.aes = hasAes();
    return detected;
  }();
  return features;
}

}  // namespace ibct

#endif
