#if defined(__x86_64__)

#include <immintrin.h>

#include "aes_constants.hpp"
#include "aes_variants.hpp"

namespace ibct {
namespace {

// Every 16-byte quarter keeps its column's number. One register holds what is encrypted (hash
// columns 0 and 2, generator columns 1 and 3), the other what is decrypted, so two instructions do
// a whole 64-byte step of hash and generator.
constexpr __mmask8 kOddColumns = 0b11001100;  // in 64-bit words

inline __m512i load(const uint8_t* from) { return _mm512_loadu_si512(from); }

// Columns 0 and 2 of `even`, 1 and 3 of `odd`.
inline __m512i blend(__m512i even, __m512i odd) {
  return _mm512_mask_blend_epi64(kOddColumns, even, odd);
}

struct Columns {
  __m512i encrypted, decrypted;

  Columns(__m512i hash, __m512i fresh)
      : encrypted(blend(hash, fresh)), decrypted(blend(fresh, hash)) {}
  void step(const Columns& keys) {
    encrypted = _mm512_aesenc_epi128(encrypted, keys.encrypted);
    decrypted = _mm512_aesdec_epi128(decrypted, keys.decrypted);
  }
  __m512i hash() const { return blend(encrypted, decrypted); }
  __m512i fresh() const { return blend(decrypted, encrypted); }
};

void run(const ScratchpadPass& pass, size_t bytes) {
  const __m512i keys = load(kFill1RKeys);
  Columns columns(load(kHash1RState), load(pass.state));
  for (size_t i = 0; i < bytes; i += 64) {
    columns.step(Columns(load(pass.scratchpad + i), keys));
    _mm512_storeu_si512(pass.scratchpad + i, columns.fresh());
  }
  _mm512_storeu_si512(pass.state, columns.fresh());
  for (int round = 0; round < 2; ++round) {
    const __m512i key = _mm512_broadcast_i32x4(
        _mm_load_si128(reinterpret_cast<const __m128i*>(kHash1RExtraKeys + 16 * round)));
    columns.step(Columns(key, key));
  }
  _mm512_storeu_si512(pass.hash, columns.hash());
}

void hashAndFill1R(const ScratchpadPass* passes, size_t count, size_t bytes) {
  for (size_t i = 0; i < count; ++i) run(passes[i], bytes);
}

}  // namespace

// Alone, hash and generator leave half of such registers idle: the 256-bit kernels do as well.
const AesKernels kAesVaes512 = {"vaes512", vaes256Fill1R, vaes256Fill4R, vaes256Hash1R,
                                hashAndFill1R};

}  // namespace ibct

#endif
