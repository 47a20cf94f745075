// BLAKE-256 with 14 rounds (SHA-3 finalist version), no salt. Big-endian throughout.
#include <cstring>

#include "../primitives/blake_sigma.hpp"
#include "big_endian.hpp"
#include "closing.hpp"
#include "last_blocks.hpp"

namespace ibct::cryptonight {
namespace {

constexpr size_t kBlockBytes = 64;
constexpr unsigned kRounds = 14;

constexpr uint32_t kIv[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
// The first fractional bits of pi.
constexpr uint32_t kPi[16] = {
    0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89,
    0x452821e6, 0x38d01377, 0xbe5466cf, 0x34e90c6c, 0xc0ac29b7, 0xc97c50dd, 0x3f84d5b5, 0xb5470917};
// The words of each of the eight steps: columns, then diagonals.
constexpr uint8_t kSteps[8][4] = {{0, 4, 8, 12},  {1, 5, 9, 13},  {2, 6, 10, 14}, {3, 7, 11, 15},
                                  {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13},  {3, 4, 9, 14}};

inline uint32_t rotate(uint32_t value, unsigned count) {
  return (value >> count) | (value << (32 - count));
}

// `bits` of the message are in this and the blocks before; 0 for a block of padding alone.
void compress(uint32_t h[8], const uint8_t* block, uint64_t bits) {
  uint32_t m[16];
  uint32_t v[16];
  for (unsigned i = 0; i < 16; ++i) m[i] = loadBig32(block + 4 * i);
  for (unsigned i = 0; i < 8; ++i) {
    v[i] = h[i];
    v[i + 8] = kPi[i];
  }
  const uint32_t low = static_cast<uint32_t>(bits);
  const uint32_t high = static_cast<uint32_t>(bits >> 32);
  v[12] ^= low;
  v[13] ^= low;
  v[14] ^= high;
  v[15] ^= high;
  for (unsigned round = 0; round < kRounds; ++round) {
    const uint8_t* sigma = kBlakeSigma[round % 10];
    for (unsigned step = 0; step < 8; ++step) {
      uint32_t& a = v[kSteps[step][0]];
      uint32_t& b = v[kSteps[step][1]];
      uint32_t& c = v[kSteps[step][2]];
      uint32_t& d = v[kSteps[step][3]];
      const unsigned j = sigma[2 * step];
      const unsigned k = sigma[2 * step + 1];
      a += b + (m[j] ^ kPi[k]);
      d = rotate(d ^ a, 16);
      c += d;
      b = rotate(b ^ c, 12);
      a += b + (m[k] ^ kPi[j]);
      d = rotate(d ^ a, 8);
      c += d;
      b = rotate(b ^ c, 7);
    }
  }
  for (unsigned i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
}

}  // namespace

void blake256(const uint8_t* input, size_t size, uint8_t out[32]) {
  uint32_t h[8];
  std::memcpy(h, kIv, sizeof h);
  const uint64_t bits = uint64_t{8} * size;
  size_t done = 0;
  for (; size - done >= kBlockBytes; done += kBlockBytes)
    compress(h, input + done, 8 * (done + kBlockBytes));

  // Padding: a bit 1, zeros, a bit 1 just before the length.
  const size_t rest = size - done;
  LastBlocks last(input + done, rest, 55);
  last.bytes[last.size - 9] |= 0x01;
  last.endWith(bits);
  compress(h, last.bytes, rest != 0 ? bits : 0);
  if (last.size > kBlockBytes) compress(h, last.bytes + kBlockBytes, 0);
  for (unsigned i = 0; i < 8; ++i) storeBig32(out + 4 * i, h[i]);
}

}  // namespace ibct::cryptonight
