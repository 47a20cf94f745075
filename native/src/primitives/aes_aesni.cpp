#if defined(__x86_64__)

#include <immintrin.h>

#include "aes_constants.hpp"
#include "aes_variants.hpp"

namespace ibct {
namespace {

struct Columns {
  __m128i c0, c1, c2, c3;
};

inline Columns load(const uint8_t* from) {
  const __m128i* p = reinterpret_cast<const __m128i*>(from);
  return {_mm_load_si128(p), _mm_load_si128(p + 1), _mm_load_si128(p + 2), _mm_load_si128(p + 3)};
}

inline Columns loadUnaligned(const uint8_t* from) {
  const __m128i* p = reinterpret_cast<const __m128i*>(from);
  return {_mm_loadu_si128(p), _mm_loadu_si128(p + 1), _mm_loadu_si128(p + 2),
          _mm_loadu_si128(p + 3)};
}

inline void store(uint8_t* to, const Columns& c) {
  __m128i* p = reinterpret_cast<__m128i*>(to);
  _mm_store_si128(p, c.c0);
  _mm_store_si128(p + 1, c.c1);
  _mm_store_si128(p + 2, c.c2);
  _mm_store_si128(p + 3, c.c3);
}

inline void storeUnaligned(uint8_t* to, const Columns& c) {
  __m128i* p = reinterpret_cast<__m128i*>(to);
  _mm_storeu_si128(p, c.c0);
  _mm_storeu_si128(p + 1, c.c1);
  _mm_storeu_si128(p + 2, c.c2);
  _mm_storeu_si128(p + 3, c.c3);
}

// A round of the generators: columns 0 and 2 decrypt, 1 and 3 encrypt.
inline void generate(Columns& state, const Columns& keys) {
  state.c0 = _mm_aesdec_si128(state.c0, keys.c0);
  state.c1 = _mm_aesenc_si128(state.c1, keys.c1);
  state.c2 = _mm_aesdec_si128(state.c2, keys.c2);
  state.c3 = _mm_aesenc_si128(state.c3, keys.c3);
}

// A round of the hash: the other way round.
inline void absorb(Columns& state, const Columns& keys) {
  state.c0 = _mm_aesenc_si128(state.c0, keys.c0);
  state.c1 = _mm_aesdec_si128(state.c1, keys.c1);
  state.c2 = _mm_aesenc_si128(state.c2, keys.c2);
  state.c3 = _mm_aesdec_si128(state.c3, keys.c3);
}

inline void finish(Columns& state) {
  for (int round = 0; round < 2; ++round) {
    const __m128i key =
        _mm_load_si128(reinterpret_cast<const __m128i*>(kHash1RExtraKeys + 16 * round));
    absorb(state, {key, key, key, key});
  }
}

void fill1R(uint8_t state[64], uint8_t* out, size_t bytes) {
  const Columns keys = load(kFill1RKeys);
  Columns columns = loadUnaligned(state);
  for (size_t i = 0; i < bytes; i += 64) {
    generate(columns, keys);
    store(out + i, columns);
  }
  storeUnaligned(state, columns);
}

void fill4R(uint8_t state[64], uint8_t* out, size_t bytes) {
  const Columns keys01 = load(kFill4RKeys01);
  const Columns keys23 = load(kFill4RKeys23);
  Columns columns = loadUnaligned(state);
  for (size_t i = 0; i < bytes; i += 64) {
    generate(columns, {keys01.c0, keys01.c0, keys23.c0, keys23.c0});
    generate(columns, {keys01.c1, keys01.c1, keys23.c1, keys23.c1});
    generate(columns, {keys01.c2, keys01.c2, keys23.c2, keys23.c2});
    generate(columns, {keys01.c3, keys01.c3, keys23.c3, keys23.c3});
    store(out + i, columns);
  }
  storeUnaligned(state, columns);
}

void hash1R(const uint8_t* in, size_t bytes, uint8_t hash[64]) {
  Columns columns = load(kHash1RState);
  for (size_t i = 0; i < bytes; i += 64) absorb(columns, load(in + i));
  finish(columns);
  storeUnaligned(hash, columns);
}

void hashAndFill1R(uint8_t* scratchpad, size_t bytes, uint8_t hash[64], uint8_t state[64]) {
  const Columns keys = load(kFill1RKeys);
  Columns old = load(kHash1RState);
  Columns fresh = loadUnaligned(state);
  for (size_t i = 0; i < bytes; i += 64) {
    absorb(old, load(scratchpad + i));
    generate(fresh, keys);
    store(scratchpad + i, fresh);
  }
  finish(old);
  storeUnaligned(hash, old);
  storeUnaligned(state, fresh);
}

}  // namespace

const AesKernels kAesNi = {"aesni", fill1R, fill4R, hash1R, hashAndFill1R};

}  // namespace ibct

#endif
