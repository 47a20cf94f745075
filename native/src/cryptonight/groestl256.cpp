// Grøstl-256 (SHA-3 finalist version): 8 × 8 bytes, column after column.
#include <cstring>

#include "../primitives/aes_round.hpp"
#include "closing.hpp"
#include "last_blocks.hpp"

namespace ibct::cryptonight {
namespace {

constexpr size_t kBlockBytes = 64;
constexpr unsigned kRounds = 10;
constexpr uint8_t kShiftsP[8] = {0, 1, 2, 3, 4, 5, 6, 7};
constexpr uint8_t kShiftsQ[8] = {1, 3, 5, 7, 0, 2, 4, 6};
constexpr uint8_t kMix[8] = {2, 2, 3, 4, 5, 3, 5, 7};

inline uint8_t twice(uint8_t value) {
  return static_cast<uint8_t>((value << 1) ^ ((value & 0x80) ? 0x1b : 0));
}

inline uint8_t times(uint8_t value, unsigned factor) {
  const uint8_t two = twice(value);
  const uint8_t four = twice(two);
  return static_cast<uint8_t>(((factor & 1) ? value : 0) ^ ((factor & 2) ? two : 0) ^
                              ((factor & 4) ? four : 0));
}

// The permutations P and Q, which differ in constants and shifts only.
void permute(uint8_t state[kBlockBytes], bool isQ) {
  const uint8_t* shifts = isQ ? kShiftsQ : kShiftsP;
  for (unsigned round = 0; round < kRounds; ++round) {
    for (unsigned column = 0; column < 8; ++column) {
      const uint8_t constant = static_cast<uint8_t>((column << 4) ^ round);
      uint8_t* bytes = state + 8 * column;
      if (isQ)
        for (unsigned row = 0; row < 8; ++row) bytes[row] ^= 0xff;
      bytes[isQ ? 7 : 0] ^= constant;
    }
    uint8_t shifted[kBlockBytes];
    for (unsigned column = 0; column < 8; ++column)
      for (unsigned row = 0; row < 8; ++row)
        shifted[8 * column + row] = aesSubstitute(state[8 * ((column + shifts[row]) % 8) + row]);
    for (unsigned column = 0; column < 8; ++column)
      for (unsigned row = 0; row < 8; ++row) {
        unsigned sum = 0;
        for (unsigned k = 0; k < 8; ++k) sum ^= times(shifted[8 * column + (row + k) % 8], kMix[k]);
        state[8 * column + row] = static_cast<uint8_t>(sum);
      }
  }
}

void compress(uint8_t h[kBlockBytes], const uint8_t* block) {
  uint8_t p[kBlockBytes];
  uint8_t q[kBlockBytes];
  for (size_t i = 0; i < kBlockBytes; ++i) p[i] = h[i] ^ block[i];
  std::memcpy(q, block, sizeof q);
  permute(p, false);
  permute(q, true);
  for (size_t i = 0; i < kBlockBytes; ++i) h[i] = static_cast<uint8_t>(h[i] ^ p[i] ^ q[i]);
}

}  // namespace

void groestl256(const uint8_t* input, size_t size, uint8_t out[32]) {
  uint8_t h[kBlockBytes] = {};
  h[62] = 0x01;
  size_t done = 0;
  for (; size - done >= kBlockBytes; done += kBlockBytes) compress(h, input + done);

  LastBlocks last(input + done, size - done, 55);
  last.endWith((done + last.size) / kBlockBytes);
  for (size_t i = 0; i < last.size; i += kBlockBytes) compress(h, last.bytes + i);

  uint8_t p[kBlockBytes];
  std::memcpy(p, h, sizeof p);
  permute(p, false);
  for (size_t i = 0; i < 32; ++i) out[i] = p[32 + i] ^ h[32 + i];
}

}  // namespace ibct::cryptonight
