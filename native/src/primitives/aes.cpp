#include "aes.hpp"

#include <vector>

#include "aes_variants.hpp"

namespace ibct {
namespace {

// From the slowest to the fastest.
std::vector<const AesKernels*> runnable(const CpuFeatures& features) {
  std::vector<const AesKernels*> sets{&kAesSoft};
#if defined(__x86_64__)
  if (features.aes) sets.push_back(&kAesNi);
  if (features.aes && features.vaes && features.avx2) sets.push_back(&kAesVaes256);
  if (features.aes && features.vaes && features.avx512) sets.push_back(&kAesVaes512);
#elif defined(__aarch64__)
  if (features.aes) sets.push_back(&kAesArm);
#endif
  return sets;
}

}  // namespace

const AesKernels& aesKernels(const CpuFeatures& features) { return *runnable(features).back(); }

size_t aesKernelVariants(const AesKernels* const** variants) {
  static const std::vector<const AesKernels*> all = runnable(cpuFeatures());
  *variants = all.data();
  return all.size();
}

}  // namespace ibct
