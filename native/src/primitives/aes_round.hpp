// One AES round in portable C++: the x86 instructions AESENC and AESDEC. The interpreter's
// version 2 mixing and CryptoNight without AES instructions use it too.
#pragma once

#include <cstdint>

namespace ibct {

// ShiftRows, SubBytes, MixColumns, then XOR with the key.
void softAesEncrypt(uint8_t state[16], const uint8_t key[16]);
// InvShiftRows, InvSubBytes, InvMixColumns, then XOR with the key.
void softAesDecrypt(uint8_t state[16], const uint8_t key[16]);
// RandomX version 2 mixes the four E registers into the four F registers: a round each, in turn, of
// encryption for f0 and f2 and of decryption for f1 and f3.
void softAesMix(uint8_t f[64], const uint8_t e[64]);
// The AES S-box, for key schedules.
uint8_t aesSubstitute(uint8_t value);

}  // namespace ibct
