#include "keccak.hpp"

#include <cstring>

#include "../primitives/bytes.hpp"

namespace ibct::cryptonight {
namespace {

constexpr size_t kRate = 136;
constexpr unsigned kRounds = 24;

// Round constants by their rule: the bits of an 8-bit shift register fall on the places 2^j - 1.
struct Constants {
  uint64_t round[kRounds] = {};
  unsigned rotation[25] = {};

  constexpr Constants() {
    unsigned shiftRegister = 1;
    for (uint64_t& constant : round) {
      for (unsigned j = 0; j < 7; ++j) {
        if (shiftRegister & 1) constant |= uint64_t{1} << ((1u << j) - 1);
        shiftRegister <<= 1;
        if (shiftRegister & 0x100) shiftRegister ^= 0x171;
      }
    }
    unsigned x = 1, y = 0;
    for (unsigned t = 0; t < 24; ++t) {
      rotation[x + 5 * y] = (t + 1) * (t + 2) / 2 % 64;
      const unsigned newY = (2 * x + 3 * y) % 5;
      x = y;
      y = newY;
    }
  }
};
constexpr Constants kConstants;

inline uint64_t rotateLeft(uint64_t value, unsigned count) {
  return rotateRight(value, (64 - count) & 63);
}

}  // namespace

void permute(KeccakState& state) {
  uint64_t* a = state.words;
  for (unsigned round = 0; round < kRounds; ++round) {
    uint64_t parity[5];
    for (unsigned x = 0; x < 5; ++x)
      parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (unsigned x = 0; x < 5; ++x) {
      const uint64_t change = parity[(x + 4) % 5] ^ rotateLeft(parity[(x + 1) % 5], 1);
      for (unsigned y = 0; y < 5; ++y) a[x + 5 * y] ^= change;
    }
    uint64_t b[25];
    for (unsigned x = 0; x < 5; ++x)
      for (unsigned y = 0; y < 5; ++y)
        b[y + 5 * ((2 * x + 3 * y) % 5)] = rotateLeft(a[x + 5 * y], kConstants.rotation[x + 5 * y]);
    for (unsigned y = 0; y < 5; ++y)
      for (unsigned x = 0; x < 5; ++x)
        a[x + 5 * y] = b[x + 5 * y] ^ (~b[(x + 1) % 5 + 5 * y] & b[(x + 2) % 5 + 5 * y]);
    a[0] ^= kConstants.round[round];
  }
}

KeccakState absorb(const uint8_t* input, size_t size) {
  KeccakState state;
  const auto mixIn = [&](const uint8_t* block) {
    for (size_t i = 0; i < kRate / 8; ++i) state.words[i] ^= load64(block + 8 * i);
    permute(state);
  };
  for (; size >= kRate; input += kRate, size -= kRate) mixIn(input);
  uint8_t last[kRate] = {};
  if (size != 0) std::memcpy(last, input, size);
  last[size] = 0x01;
  last[kRate - 1] |= 0x80;
  mixIn(last);
  return state;
}

}  // namespace ibct::cryptonight
