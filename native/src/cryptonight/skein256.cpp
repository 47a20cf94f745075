// Skein-512-256 (version 1.3). Little-endian throughout.
#include <cstring>

#include "../primitives/bytes.hpp"
#include "closing.hpp"

namespace ibct::cryptonight {
namespace {

constexpr size_t kBlockBytes = 64;
constexpr unsigned kRounds = 72;

// The chaining value after the configuration block of a 256-bit digest.
constexpr uint64_t kIv[8] = {0xCCD044A12FDB3E13, 0xE83590301A79A9EB, 0x55AEA0614F816E6F,
                             0x2A2767A4AE9B94DB, 0xEC06025E74DD7683, 0xE7A436CDC4746251,
                             0xC36FBAF9393AD185, 0x3EEDBA1833EDFC13};
constexpr uint8_t kRotations[8][4] = {{46, 36, 19, 37}, {33, 27, 14, 42}, {17, 49, 36, 39},
                                      {44, 9, 54, 56},  {39, 30, 34, 24}, {13, 50, 10, 17},
                                      {25, 29, 39, 43}, {8, 35, 56, 22}};
constexpr uint8_t kOrder[8] = {2, 1, 4, 7, 6, 5, 0, 3};

// The second tweak word: what is hashed, and whether this is its first or last block.
constexpr uint64_t kMessage = uint64_t{48} << 56;
constexpr uint64_t kOutput = uint64_t{63} << 56;
constexpr uint64_t kFirst = uint64_t{1} << 62;
constexpr uint64_t kLast = uint64_t{1} << 63;

// g = Threefish-512 of the block under the key g, XORed with the block.
void chain(uint64_t g[8], uint64_t bytesSoFar, uint64_t flags, const uint8_t* block) {
  const uint64_t tweak[3] = {bytesSoFar, flags, bytesSoFar ^ flags};
  uint64_t key[9] = {};
  key[8] = 0x1BD11BDAA9FC1A22;
  for (unsigned i = 0; i < 8; ++i) {
    key[i] = g[i];
    key[8] ^= g[i];
  }
  uint64_t v[8];
  for (unsigned i = 0; i < 8; ++i) v[i] = load64(block + 8 * i);
  const auto addSubkey = [&](unsigned s) {
    for (unsigned i = 0; i < 8; ++i) v[i] += key[(s + i) % 9];
    v[5] += tweak[s % 3];
    v[6] += tweak[(s + 1) % 3];
    v[7] += s;
  };
  for (unsigned round = 0; round < kRounds; ++round) {
    if (round % 4 == 0) addSubkey(round / 4);
    for (unsigned j = 0; j < 4; ++j) {
      v[2 * j] += v[2 * j + 1];
      v[2 * j + 1] = rotateRight(v[2 * j + 1], 64u - kRotations[round % 8][j]) ^ v[2 * j];
    }
    uint64_t moved[8];
    for (unsigned i = 0; i < 8; ++i) moved[i] = v[kOrder[i]];
    std::memcpy(v, moved, sizeof v);
  }
  addSubkey(kRounds / 4);
  for (unsigned i = 0; i < 8; ++i) g[i] = v[i] ^ load64(block + 8 * i);
}

}  // namespace

void skein256(const uint8_t* input, size_t size, uint8_t out[32]) {
  uint64_t g[8];
  std::memcpy(g, kIv, sizeof g);
  uint64_t flags = kMessage | kFirst;
  size_t done = 0;
  for (; size - done > kBlockBytes; done += kBlockBytes) {
    chain(g, done + kBlockBytes, flags, input + done);
    flags = kMessage;
  }
  uint8_t last[kBlockBytes] = {};
  if (size != done) std::memcpy(last, input + done, size - done);
  chain(g, size, flags | kLast, last);

  constexpr uint8_t kCounter[kBlockBytes] = {};
  chain(g, 8, kOutput | kFirst | kLast, kCounter);
  std::memcpy(out, g, 32);
}

}  // namespace ibct::cryptonight
