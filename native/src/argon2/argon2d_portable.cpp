#include <cstring>

#include "../primitives/bytes.hpp"
#include "argon2d_variants.hpp"
#include "fill_loop.hpp"

namespace ibct {
namespace {

// BlaMka: the addition of Blake2b made heavier by a product of the lower halves.
inline uint64_t heavyAdd(uint64_t a, uint64_t b) {
  return a + b + 2 * (a & 0xffffffff) * (b & 0xffffffff);
}

inline void mix(uint64_t& a, uint64_t& b, uint64_t& c, uint64_t& d) {
  a = heavyAdd(a, b);
  d = rotateRight(d ^ a, 32);
  c = heavyAdd(c, d);
  b = rotateRight(b ^ c, 24);
  a = heavyAdd(a, b);
  d = rotateRight(d ^ a, 16);
  c = heavyAdd(c, d);
  b = rotateRight(b ^ c, 63);
}

// One Blake2b round without message over 16 words: pairs of neighbours, `stride` words from pair to
// pair.
inline void permute(uint64_t* words, size_t stride) {
  uint64_t v[16];
  for (size_t i = 0; i < 8; ++i) std::memcpy(v + 2 * i, words + stride * i, 16);
  mix(v[0], v[4], v[8], v[12]);
  mix(v[1], v[5], v[9], v[13]);
  mix(v[2], v[6], v[10], v[14]);
  mix(v[3], v[7], v[11], v[15]);
  mix(v[0], v[5], v[10], v[15]);
  mix(v[1], v[6], v[11], v[12]);
  mix(v[2], v[7], v[8], v[13]);
  mix(v[3], v[4], v[9], v[14]);
  for (size_t i = 0; i < 8; ++i) std::memcpy(words + stride * i, v + 2 * i, 16);
}

bool run(uint8_t* memory, const std::atomic<bool>& cancel) {
  return argon2dWalk(memory, cancel,
                     [](const Argon2Block& previous, const Argon2Block& reference,
                        Argon2Block& current, bool keepOld) {
                       Argon2Block mixed;
                       Argon2Block kept;
                       for (size_t i = 0; i < 128; ++i) {
                         mixed.words[i] = previous.words[i] ^ reference.words[i];
                         kept.words[i] = mixed.words[i] ^ (keepOld ? current.words[i] : 0);
                       }
                       for (size_t row = 0; row < 8; ++row) permute(mixed.words + 16 * row, 2);
                       for (size_t column = 0; column < 8; ++column) {
                         permute(mixed.words + 2 * column, 16);
                       }
                       for (size_t i = 0; i < 128; ++i)
                         current.words[i] = mixed.words[i] ^ kept.words[i];
                     });
}

}  // namespace

const Argon2dFill kArgon2dPortable = {"portable", run};

}  // namespace ibct
