// The memory fill of Argon2d (RFC 9106, version 0x13) with RandomX's parameters: no
// parallelism, three passes over 256 MiB, no tag (spec 7.1). Strictly serial.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "../cpu/features.hpp"

namespace ibct {

constexpr size_t kArgon2Blocks = 262144;
constexpr size_t kArgon2BlockBytes = 1024;

// Writes the first two blocks. The whole key is the password, however long.
void argon2dStart(uint8_t* memory, const uint8_t* key, size_t keyLength);

// Three passes over all blocks, once the first two are there. 64-byte aligned memory.
struct Argon2dFill {
  const char* name;  // "portable", "avx2", "avx512"
  // False when `cancel` became true (looked at some thousand times); the memory is then worthless.
  bool (*run)(uint8_t* memory, const std::atomic<bool>& cancel);
};

// The fastest these features allow.
const Argon2dFill& argon2dFill(const CpuFeatures& features);
// Every one this machine can run, for tests; the first is "portable".
size_t argon2dFillVariants(const Argon2dFill* const** variants);

}  // namespace ibct
