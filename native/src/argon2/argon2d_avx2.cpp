#if defined(__x86_64__)

#include <immintrin.h>

#include "argon2d_variants.hpp"
#include "fill_loop.hpp"

namespace ibct {
namespace {

using Vector = __m256i;  // four words

inline Vector heavyAdd(Vector a, Vector b) {
  const Vector product = _mm256_mul_epu32(a, b);
  return _mm256_add_epi64(_mm256_add_epi64(a, b), _mm256_add_epi64(product, product));
}

inline Vector rotate32(Vector v) { return _mm256_shuffle_epi32(v, _MM_SHUFFLE(2, 3, 0, 1)); }
inline Vector rotate24(Vector v) {
  return _mm256_shuffle_epi8(
      v, _mm256_setr_epi8(3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1,
                          2, 11, 12, 13, 14, 15, 8, 9, 10));
}
inline Vector rotate16(Vector v) {
  return _mm256_shuffle_epi8(
      v, _mm256_setr_epi8(2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0,
                          1, 10, 11, 12, 13, 14, 15, 8, 9));
}
inline Vector rotate63(Vector v) {
  return _mm256_xor_si256(_mm256_srli_epi64(v, 63), _mm256_add_epi64(v, v));
}

// Two independent columns of mixings side by side, for the processor to interleave.
inline void mix(Vector& a0, Vector& b0, Vector& c0, Vector& d0, Vector& a1, Vector& b1, Vector& c1,
                Vector& d1) {
  a0 = heavyAdd(a0, b0);
  a1 = heavyAdd(a1, b1);
  d0 = rotate32(_mm256_xor_si256(d0, a0));
  d1 = rotate32(_mm256_xor_si256(d1, a1));
  c0 = heavyAdd(c0, d0);
  c1 = heavyAdd(c1, d1);
  b0 = rotate24(_mm256_xor_si256(b0, c0));
  b1 = rotate24(_mm256_xor_si256(b1, c1));
  a0 = heavyAdd(a0, b0);
  a1 = heavyAdd(a1, b1);
  d0 = rotate16(_mm256_xor_si256(d0, a0));
  d1 = rotate16(_mm256_xor_si256(d1, a1));
  c0 = heavyAdd(c0, d0);
  c1 = heavyAdd(c1, d1);
  b0 = rotate63(_mm256_xor_si256(b0, c0));
  b1 = rotate63(_mm256_xor_si256(b1, c1));
}

template <int steps>
inline Vector turn(Vector v) {
  return _mm256_permute4x64_epi64(
      v, (steps & 3) | ((steps + 1) & 3) << 2 | ((steps + 2) & 3) << 4 | ((steps + 3) & 3) << 6);
}

// Two rows of 16 words; a row is four vectors.
inline void permuteRows(Vector* r, Vector* s) {
  mix(r[0], r[1], r[2], r[3], s[0], s[1], s[2], s[3]);
  r[1] = turn<1>(r[1]), r[2] = turn<2>(r[2]), r[3] = turn<3>(r[3]);
  s[1] = turn<1>(s[1]), s[2] = turn<2>(s[2]), s[3] = turn<3>(s[3]);
  mix(r[0], r[1], r[2], r[3], s[0], s[1], s[2], s[3]);
  r[1] = turn<3>(r[1]), r[2] = turn<2>(r[2]), r[3] = turn<1>(r[3]);
  s[1] = turn<3>(s[1]), s[2] = turn<2>(s[2]), s[3] = turn<1>(s[3]);
}

// Two neighbouring columns: v[4k] holds row k's pair of words of both.
inline void permuteColumns(Vector* v) {
  Vector &a0 = v[0], &a1 = v[4], &b0 = v[8], &b1 = v[12], &c0 = v[16], &c1 = v[20], &d0 = v[24],
         &d1 = v[28];
  mix(a0, b0, c0, d0, a1, b1, c1, d1);
  Vector x0 = _mm256_alignr_epi8(b1, b0, 8);
  Vector x1 = _mm256_alignr_epi8(b0, b1, 8);
  Vector y0 = _mm256_alignr_epi8(d0, d1, 8);
  Vector y1 = _mm256_alignr_epi8(d1, d0, 8);
  mix(a0, x0, c1, y0, a1, x1, c0, y1);
  b0 = _mm256_alignr_epi8(x0, x1, 8);
  b1 = _mm256_alignr_epi8(x1, x0, 8);
  d0 = _mm256_alignr_epi8(y1, y0, 8);
  d1 = _mm256_alignr_epi8(y0, y1, 8);
}

bool run(uint8_t* memory, const std::atomic<bool>& cancel) {
  return argon2dWalk(memory, cancel,
                     [](const Argon2Block& previous, const Argon2Block& reference,
                        Argon2Block& current, bool keepOld) {
                       const Vector* p = reinterpret_cast<const Vector*>(previous.words);
                       const Vector* r = reinterpret_cast<const Vector*>(reference.words);
                       Vector* out = reinterpret_cast<Vector*>(current.words);
                       Vector mixed[32];
                       Vector kept[32];
                       for (int i = 0; i < 32; ++i)
                         mixed[i] = kept[i] = _mm256_xor_si256(p[i], r[i]);
                       if (keepOld)
                         for (int i = 0; i < 32; ++i) kept[i] = _mm256_xor_si256(kept[i], out[i]);
                       for (int row = 0; row < 8; row += 2)
                         permuteRows(mixed + 4 * row, mixed + 4 * row + 4);
                       for (int column = 0; column < 4; ++column) {
                         permuteColumns(mixed + column);
                       }
                       for (int i = 0; i < 32; ++i) out[i] = _mm256_xor_si256(mixed[i], kept[i]);
                     });
}

}  // namespace

const Argon2dFill kArgon2dAvx2 = {"avx2", run};

}  // namespace ibct

#endif
