// JH-256 with 42 rounds (SHA-3 finalist version), in its plain form on elements of 4 bits. Bits
// count from the most significant one of byte 0.
#include <array>
#include <cstring>
#include <utility>

#include "closing.hpp"
#include "last_blocks.hpp"

namespace ibct::cryptonight {
namespace {

constexpr size_t kBlockBytes = 64;
constexpr unsigned kRounds = 42;
constexpr uint8_t kSubstitutions[2][16] = {{9, 0, 4, 11, 13, 12, 3, 15, 1, 10, 2, 6, 7, 5, 8, 14},
                                           {3, 12, 6, 13, 5, 7, 1, 9, 15, 2, 0, 4, 11, 10, 14, 8}};
// The first 256 fractional bits of the square root of 2.
constexpr uint8_t kFirstConstant[32] = {
    0x6a, 0x09, 0xe6, 0x67, 0xf3, 0xbc, 0xc9, 0x08, 0xb2, 0xfb, 0x13, 0x66, 0xea, 0x95, 0x7d, 0x3e,
    0x3a, 0xde, 0xc1, 0x75, 0x12, 0x77, 0x50, 0x99, 0xda, 0x2f, 0x59, 0x0b, 0x06, 0x67, 0x32, 0x2a};

using State = std::array<uint8_t, 128>;
using RoundConstants = std::array<std::array<uint8_t, 256>, kRounds>;  // one bit in each byte

inline uint8_t twice(uint8_t value) {  // in GF(2^4) modulo x^4 + x + 1
  return static_cast<uint8_t>(((value << 1) & 15) ^ (value >= 8 ? 3 : 0));
}

// One round on `count` elements; bits[i] chooses the substitution of element i.
template <size_t count>
void applyRound(std::array<uint8_t, count>& elements, const uint8_t* bits) {
  for (size_t i = 0; i < count; i += 2) {
    uint8_t a = kSubstitutions[bits[i]][elements[i]];
    uint8_t b = kSubstitutions[bits[i + 1]][elements[i + 1]];
    b ^= twice(a);
    a ^= twice(b);
    elements[i] = a;
    elements[i + 1] = b;
  }
  for (size_t i = 2; i < count; i += 4) std::swap(elements[i], elements[i + 1]);
  std::array<uint8_t, count> sorted;
  for (size_t i = 0; i < count / 2; ++i) {
    sorted[i] = elements[2 * i];
    sorted[count / 2 + (i ^ 1)] = elements[2 * i + 1];
  }
  elements = sorted;
}

// Each constant is a round, all with the first substitution, of the one before.
RoundConstants makeRoundConstants() {
  RoundConstants constants;
  constexpr uint8_t kZeros[64] = {};
  std::array<uint8_t, 64> nibbles;
  for (size_t i = 0; i < 64; ++i)
    nibbles[i] = (i % 2 == 0 ? kFirstConstant[i / 2] >> 4 : kFirstConstant[i / 2] & 15);
  for (auto& constant : constants) {
    for (size_t i = 0; i < 256; ++i) constant[i] = (nibbles[i / 4] >> (3 - i % 4)) & 1;
    applyRound(nibbles, kZeros);
  }
  return constants;
}

inline unsigned bitOf(const State& state, size_t index) {
  return (state[index / 8] >> (7 - index % 8)) & 1u;
}

void permute(State& state) {
  static const RoundConstants constants = makeRoundConstants();
  std::array<uint8_t, 256> elements;
  const auto place = [](size_t i) { return i < 128 ? 2 * i : 2 * (i - 128) + 1; };
  for (size_t i = 0; i < 256; ++i)
    elements[place(i)] = static_cast<uint8_t>(bitOf(state, i) << 3 | bitOf(state, i + 256) << 2 |
                                              bitOf(state, i + 512) << 1 | bitOf(state, i + 768));
  for (const auto& constant : constants) applyRound(elements, constant.data());
  state.fill(0);
  for (size_t i = 0; i < 256; ++i)
    for (size_t k = 0; k < 4; ++k) {
      const size_t index = i + 256 * k;
      const unsigned bit = (elements[place(i)] >> (3 - k)) & 1u;
      state[index / 8] = static_cast<uint8_t>(state[index / 8] | bit << (7 - index % 8));
    }
}

void compress(State& h, const uint8_t* block) {
  for (size_t i = 0; i < kBlockBytes; ++i) h[i] ^= block[i];
  permute(h);
  for (size_t i = 0; i < kBlockBytes; ++i) h[kBlockBytes + i] ^= block[i];
}

State makeIv() {
  State h{};
  h[0] = 0x01;  // 256 bits of digest
  constexpr uint8_t kZeros[kBlockBytes] = {};
  compress(h, kZeros);
  return h;
}

}  // namespace

void jh256(const uint8_t* input, size_t size, uint8_t out[32]) {
  static const State iv = makeIv();
  State h = iv;
  size_t done = 0;
  for (; size - done >= kBlockBytes; done += kBlockBytes) compress(h, input + done);

  // At least 64 bytes of padding: a started block is filled, the length stands in one of its own.
  LastBlocks last(input + done, size - done, 0);
  last.endWith(uint64_t{8} * size);
  for (size_t i = 0; i < last.size; i += kBlockBytes) compress(h, last.bytes + i);
  std::memcpy(out, &h[96], 32);
}

}  // namespace ibct::cryptonight
