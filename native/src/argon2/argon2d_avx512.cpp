#if defined(__x86_64__)

#include <immintrin.h>

#include "argon2d_variants.hpp"
#include "fill_loop.hpp"

namespace ibct {
namespace {

using Vector = __m512i;  // eight words; a block is sixteen of them and stays in registers

inline Vector heavyAdd(Vector a, Vector b) {
  const Vector product = _mm512_mul_epu32(a, b);
  return _mm512_add_epi64(_mm512_add_epi64(a, b), _mm512_add_epi64(product, product));
}

inline void mix(Vector& a0, Vector& b0, Vector& c0, Vector& d0, Vector& a1, Vector& b1, Vector& c1,
                Vector& d1) {
  a0 = heavyAdd(a0, b0);
  a1 = heavyAdd(a1, b1);
  d0 = _mm512_ror_epi64(_mm512_xor_si512(d0, a0), 32);
  d1 = _mm512_ror_epi64(_mm512_xor_si512(d1, a1), 32);
  c0 = heavyAdd(c0, d0);
  c1 = heavyAdd(c1, d1);
  b0 = _mm512_ror_epi64(_mm512_xor_si512(b0, c0), 24);
  b1 = _mm512_ror_epi64(_mm512_xor_si512(b1, c1), 24);
  a0 = heavyAdd(a0, b0);
  a1 = heavyAdd(a1, b1);
  d0 = _mm512_ror_epi64(_mm512_xor_si512(d0, a0), 16);
  d1 = _mm512_ror_epi64(_mm512_xor_si512(d1, a1), 16);
  c0 = heavyAdd(c0, d0);
  c1 = heavyAdd(c1, d1);
  b0 = _mm512_ror_epi64(_mm512_xor_si512(b0, c0), 63);
  b1 = _mm512_ror_epi64(_mm512_xor_si512(b1, c1), 63);
}

template <int steps>
inline Vector turn(Vector v) {
  return _mm512_permutex_epi64(
      v, (steps & 3) | ((steps + 1) & 3) << 2 | ((steps + 2) & 3) << 4 | ((steps + 3) & 3) << 6);
}

// Two rows, [words 0-7][words 8-15] each, become the four operands of a mixing: the quarters of
// both side by side.
struct Rows {
  Vector a, b, c, d;

  explicit Rows(const Vector* v)
      : a(_mm512_shuffle_i64x2(v[0], v[2], _MM_SHUFFLE(1, 0, 1, 0))),
        b(_mm512_shuffle_i64x2(v[0], v[2], _MM_SHUFFLE(3, 2, 3, 2))),
        c(_mm512_shuffle_i64x2(v[1], v[3], _MM_SHUFFLE(1, 0, 1, 0))),
        d(_mm512_shuffle_i64x2(v[1], v[3], _MM_SHUFFLE(3, 2, 3, 2))) {}
  template <int direction>
  void turnAll() {
    b = turn<direction>(b);
    c = turn<2 * direction>(c);
    d = turn<3 * direction>(d);
  }
  void store(Vector* v) const {
    v[0] = _mm512_shuffle_i64x2(a, b, _MM_SHUFFLE(1, 0, 1, 0));
    v[2] = _mm512_shuffle_i64x2(a, b, _MM_SHUFFLE(3, 2, 3, 2));
    v[1] = _mm512_shuffle_i64x2(c, d, _MM_SHUFFLE(1, 0, 1, 0));
    v[3] = _mm512_shuffle_i64x2(c, d, _MM_SHUFFLE(3, 2, 3, 2));
  }
};

// Four rows.
inline void permuteRows(Vector* v) {
  Rows r(v);
  Rows s(v + 4);
  mix(r.a, r.b, r.c, r.d, s.a, s.b, s.c, s.d);
  r.turnAll<1>();
  s.turnAll<1>();
  mix(r.a, r.b, r.c, r.d, s.a, s.b, s.c, s.d);
  r.turnAll<-1>();
  s.turnAll<-1>();
  r.store(v);
  s.store(v + 4);
}

// Four neighbouring columns: v[2k] holds row k's pairs of words.
inline void permuteColumns(Vector* v) {
  Vector &a0 = v[0], &a1 = v[2], &b0 = v[4], &b1 = v[6], &c0 = v[8], &c1 = v[10], &d0 = v[12],
         &d1 = v[14];
  mix(a0, b0, c0, d0, a1, b1, c1, d1);
  Vector x0 = _mm512_alignr_epi8(b1, b0, 8);
  Vector x1 = _mm512_alignr_epi8(b0, b1, 8);
  Vector y0 = _mm512_alignr_epi8(d0, d1, 8);
  Vector y1 = _mm512_alignr_epi8(d1, d0, 8);
  mix(a0, x0, c1, y0, a1, x1, c0, y1);
  b0 = _mm512_alignr_epi8(x0, x1, 8);
  b1 = _mm512_alignr_epi8(x1, x0, 8);
  d0 = _mm512_alignr_epi8(y1, y0, 8);
  d1 = _mm512_alignr_epi8(y0, y1, 8);
}

bool run(uint8_t* memory, const std::atomic<bool>& cancel) {
  return argon2dWalk(memory, cancel,
                     [](const Argon2Block& previous, const Argon2Block& reference,
                        Argon2Block& current, bool keepOld) {
                       const Vector* p = reinterpret_cast<const Vector*>(previous.words);
                       const Vector* r = reinterpret_cast<const Vector*>(reference.words);
                       Vector* out = reinterpret_cast<Vector*>(current.words);
                       Vector mixed[16];
                       Vector kept[16];
                       for (int i = 0; i < 16; ++i)
                         mixed[i] = kept[i] = _mm512_xor_si512(p[i], r[i]);
                       if (keepOld)
                         for (int i = 0; i < 16; ++i) kept[i] = _mm512_xor_si512(kept[i], out[i]);
                       permuteRows(mixed);
                       permuteRows(mixed + 8);
                       permuteColumns(mixed);
                       permuteColumns(mixed + 1);
                       for (int i = 0; i < 16; ++i) out[i] = _mm512_xor_si512(mixed[i], kept[i]);
                     });
}

}  // namespace

const Argon2dFill kArgon2dAvx512 = {"avx512", run};

}  // namespace ibct

#endif
