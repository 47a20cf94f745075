// AES rounds with AES-NI: only for files compiled for it. Each file has its own copy (see
// CMakeLists.txt).
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace ibct {
namespace {

struct AesNi {
  using Block = __m128i;
  static Block load(const uint8_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  static void store(uint8_t* to, Block block) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), block);
  }
  static Block encrypt(Block block, Block key) { return _mm_aesenc_si128(block, key); }
  static Block decrypt(Block block, Block key) { return _mm_aesdec_si128(block, key); }
  static Block mix(Block a, Block b) { return _mm_xor_si128(a, b); }
  static Block make(uint64_t low, uint64_t high) {
    return _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
  }
  static uint64_t low(Block block) { return static_cast<uint64_t>(_mm_cvtsi128_si64(block)); }
  static uint64_t high(Block block) { return low(_mm_unpackhi_epi64(block, block)); }
};

}  // namespace
}  // namespace ibct
