#if defined(__x86_64__)

#include <immintrin.h>

#include "aes_constants.hpp"
#include "aes_variants.hpp"

namespace ibct {
namespace {

// The columns that take the same direction side by side: 0 with 2, 1 with 3.
struct Pairs {
  __m256i even, odd;
};

inline Pairs load(const uint8_t* from) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 32));
  return {_mm256_permute2x128_si256(low, high, 0x20), _mm256_permute2x128_si256(low, high, 0x31)};
}

inline void store(uint8_t* to, const Pairs& p) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to),
                      _mm256_permute2x128_si256(p.even, p.odd, 0x20));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 32),
                      _mm256_permute2x128_si256(p.even, p.odd, 0x31));
}

inline void generate(Pairs& state, const Pairs& keys) {
  state.even = _mm256_aesdec_epi128(state.even, keys.even);
  state.odd = _mm256_aesenc_epi128(state.odd, keys.odd);
}

inline void absorb(Pairs& state, const Pairs& keys) {
  state.even = _mm256_aesenc_epi128(state.even, keys.even);
  state.odd = _mm256_aesdec_epi128(state.odd, keys.odd);
}

inline void finish(Pairs& state) {
  for (int round = 0; round < 2; ++round) {
    const __m256i key = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(kHash1RExtraKeys + 16 * round)));
    absorb(state, {key, key});
  }
}

// A scratchpad does not fit the caches that are near, and processors fetch ahead within 4 KiB only.
constexpr size_t kPrefetchAhead = 4096;

template <size_t kPasses>
void runSideBySide(const ScratchpadPass* passes, size_t bytes) {
  const Pairs keys = load(kFill1RKeys);
  Pairs old[kPasses];
  Pairs fresh[kPasses];
  for (size_t k = 0; k < kPasses; ++k) {
    old[k] = load(kHash1RState);
    fresh[k] = load(passes[k].state);
  }
  for (size_t i = 0; i < bytes; i += 64)
    for (size_t k = 0; k < kPasses; ++k) {
      uint8_t* block = passes[k].scratchpad + i;
      __builtin_prefetch(block + kPrefetchAhead);
      absorb(old[k], load(block));
      generate(fresh[k], keys);
      store(block, fresh[k]);
    }
  for (size_t k = 0; k < kPasses; ++k) {
    finish(old[k]);
    store(passes[k].hash, old[k]);
    store(passes[k].state, fresh[k]);
  }
}

// Two at a time: while a round of one is under way, one of the other begins.
void hashAndFill1R(const ScratchpadPass* passes, size_t count, size_t bytes) {
  size_t done = 0;
  for (; done + 2 <= count; done += 2) runSideBySide<2>(passes + done, bytes);
  if (done < count) runSideBySide<1>(passes + done, bytes);
}

}  // namespace

void vaes256Fill1R(uint8_t state[64], uint8_t* out, size_t bytes) {
  const Pairs keys = load(kFill1RKeys);
  Pairs pairs = load(state);
  for (size_t i = 0; i < bytes; i += 64) {
    generate(pairs, keys);
    store(out + i, pairs);
  }
  store(state, pairs);
}

void vaes256Fill4R(uint8_t state[64], uint8_t* out, size_t bytes) {
  Pairs keys[4];
  for (int round = 0; round < 4; ++round) {
    const __m128i* keys01 = reinterpret_cast<const __m128i*>(kFill4RKeys01 + 16 * round);
    const __m128i* keys23 = reinterpret_cast<const __m128i*>(kFill4RKeys23 + 16 * round);
    const __m256i key = _mm256_set_m128i(_mm_load_si128(keys23), _mm_load_si128(keys01));
    keys[round] = {key, key};
  }
  Pairs pairs = load(state);
  for (size_t i = 0; i < bytes; i += 64) {
    for (const Pairs& key : keys) generate(pairs, key);
    store(out + i, pairs);
  }
  store(state, pairs);
}

void vaes256Hash1R(const uint8_t* in, size_t bytes, uint8_t hash[64]) {
  Pairs pairs = load(kHash1RState);
  for (size_t i = 0; i < bytes; i += 64) absorb(pairs, load(in + i));
  finish(pairs);
  store(hash, pairs);
}

const AesKernels kAesVaes256 = {"vaes256", vaes256Fill1R, vaes256Fill4R, vaes256Hash1R,
                                hashAndFill1R};

}  // namespace ibct

#endif
