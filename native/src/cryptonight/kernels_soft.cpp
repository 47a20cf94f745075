#include "../primitives/aes_round.hpp"
#include "loop.hpp"

namespace ibct::cryptonight {
namespace {

struct SoftAes {
  struct Block {
    uint64_t low, high;
  };
  static Block load(const uint8_t* from) { return {load64(from), load64(from + 8)}; }
  static void store(uint8_t* to, Block block) {
    store64(to, block.low);
    store64(to + 8, block.high);
  }
  static Block encrypt(Block block, Block key) {
    uint8_t state[16];
    uint8_t keyBytes[16];
    store(state, block);
    store(keyBytes, key);
    softAesEncrypt(state, keyBytes);
    return load(state);
  }
  static Block mix(Block a, Block b) { return {a.low ^ b.low, a.high ^ b.high}; }
  static Block make(uint64_t low, uint64_t high) { return {low, high}; }
  static uint64_t low(Block block) { return block.low; }
  static uint64_t high(Block block) { return block.high; }
};

}  // namespace

const Kernels kSoftKernels = {"soft",
                              {run<SoftAes, 1>, run<SoftAes, 2>, run<SoftAes, 3>, run<SoftAes, 4>}};

const Kernels& kernels(const CpuFeatures& features) {
#if defined(__x86_64__)
  if (features.aes) return kAesNiKernels;
#elif defined(__aarch64__)
  if (features.aes) return kArmAesKernels;
#endif
  (void)features;
  return kSoftKernels;
}

}  // namespace ibct::cryptonight
