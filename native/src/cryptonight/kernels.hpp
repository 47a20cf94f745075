// The parts of CryptoNight that use AES, for one to kMaxLanes hashes side by side.
#pragma once

#include <cstdint>

#include "../cpu/features.hpp"
#include "../hash/hasher.hpp"
#include "keccak.hpp"

namespace ibct::cryptonight {

// A hash in flight.
struct Lane {
  KeccakState state;
  uint64_t tweak;  // of variant 1
  uint8_t* scratchpad;
};

struct Kernels {
  const char* name;  // "soft", "aesni", "armaes"
  // Fills the scratchpad from the state, runs the main loop, folds the scratchpad into the state.
  // Index: lanes - 1.
  void (*run[kMaxLanes])(Lane* lanes);
};

extern const Kernels kSoftKernels;
#if defined(__x86_64__)
extern const Kernels kAesNiKernels;
#elif defined(__aarch64__)
extern const Kernels kArmAesKernels;
#endif

const Kernels& kernels(const CpuFeatures& features);

// The ten round keys that a 32-byte key gives (the AES-256 schedule, cut short).
struct alignas(16) RoundKeys {
  uint8_t bytes[10][16];
};
RoundKeys expandKey(const uint8_t key[32]);

}  // namespace ibct::cryptonight
