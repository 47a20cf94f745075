// The AES generators and the AES hash of RandomX (spec 3.2 to 3.4), in soft, AES-NI and VAES
// variants that agree bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../cpu/features.hpp"

namespace ibct {

// What hashAndFill1R does to one scratchpad: hash each old block, then overwrite it with Gen1R of
// the state.
struct ScratchpadPass {
  uint8_t* scratchpad;
  uint8_t* state;  // 64 bytes, left at the last block
  uint8_t* hash;   // 64 bytes
};

// One set of kernels; all sizes are multiples of 64, all pointers 16-byte
// aligned.
struct AesKernels {
  const char* name;  // "soft", "aesni", "vaes256", "vaes512", "armaes"
  // Gen1R: fills out from the 64-byte state, which is left at the last block.
  void (*fill1R)(uint8_t state[64], uint8_t* out, size_t bytes);
  // Gen4R: the same with four rounds a step.
  void (*fill4R)(uint8_t state[64], uint8_t* out, size_t bytes);
  // AesHash1R of the input into 64 bytes.
  void (*hash1R)(const uint8_t* in, size_t bytes, uint8_t hash[64]);
  // Each scratchpad has `bytes`.
  void (*hashAndFill1R)(const ScratchpadPass* passes, size_t count, size_t bytes);
};

// The fastest set these features allow.
const AesKernels& aesKernels(const CpuFeatures& features);
// Every set this machine can run, for tests; the first is "soft".
size_t aesKernelVariants(const AesKernels* const** variants);

}  // namespace ibct
