// The kernels of each instruction set; those not built for this machine are absent.
// They must be constants: an initialiser that runs at load time would use instructions the machine
// may not have.
#pragma once

#include "aes.hpp"

namespace ibct {

extern const AesKernels kAesSoft;
#if defined(__x86_64__)
extern const AesKernels kAesNi;
extern const AesKernels kAesVaes256;
extern const AesKernels kAesVaes512;

// Shared by the last two.
void vaes256Fill1R(uint8_t state[64], uint8_t* out, size_t bytes);
void vaes256Fill4R(uint8_t state[64], uint8_t* out, size_t bytes);
void vaes256Hash1R(const uint8_t* in, size_t bytes, uint8_t hash[64]);
#elif defined(__aarch64__)
extern const AesKernels kAesArm;
#endif

}  // namespace ibct
