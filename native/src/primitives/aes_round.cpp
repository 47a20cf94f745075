#include "aes_round.hpp"

#include <array>

#include "bytes.hpp"

namespace ibct {
namespace {

// Products in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1.
constexpr uint8_t multiply(unsigned a, unsigned b) {
  unsigned product = 0;
  for (; b != 0; b >>= 1) {
    if (b & 1) product ^= a;
    a = (a << 1) ^ ((a & 0x80) ? 0x11b : 0);
  }
  return static_cast<uint8_t>(product);
}

constexpr uint8_t rotateLeft8(uint8_t value, int count) {
  return static_cast<uint8_t>((value << count) | (value >> (8 - count)));
}

// FIPS-197, 5.1.1. Powers of 3 run through all of the field but 0, and powers of its inverse (0xf6)
// through the inverses.
constexpr std::array<uint8_t, 256> makeSubstitution() {
  std::array<uint8_t, 256> box{};
  uint8_t value = 1;
  uint8_t inverse = 1;
  for (int i = 0; i < 255; ++i) {
    box[value] = static_cast<uint8_t>(inverse ^ rotateLeft8(inverse, 1) ^ rotateLeft8(inverse, 2) ^
                                      rotateLeft8(inverse, 3) ^ rotateLeft8(inverse, 4) ^ 0x63);
    value = multiply(value, 3);
    inverse = multiply(inverse, 0xf6);
  }
  box[0] = 0x63;
  return box;
}

constexpr std::array<uint8_t, 256> kSubstitution = makeSubstitution();

constexpr std::array<uint8_t, 256> makeInverseSubstitution() {
  std::array<uint8_t, 256> box{};
  for (unsigned i = 0; i < 256; ++i) box[kSubstitution[i]] = static_cast<uint8_t>(i);
  return box;
}

// What one byte of row `row` adds to its new column: substitution and the mix of columns in one
// look-up.
using RoundTable = std::array<std::array<uint32_t, 256>, 4>;

constexpr RoundTable makeTable(const std::array<uint8_t, 256>& box,
                               const std::array<uint8_t, 4>& mix) {
  RoundTable table{};
  for (unsigned row = 0; row < 4; ++row)
    for (unsigned x = 0; x < 256; ++x)
      for (unsigned k = 0; k < 4; ++k)
        table[row][x] |= uint32_t{multiply(box[x], mix[k])} << (8 * ((k + row) % 4));
  return table;
}

constexpr RoundTable kEncrypt = makeTable(kSubstitution, {2, 1, 1, 3});
constexpr RoundTable kDecrypt = makeTable(makeInverseSubstitution(), {14, 9, 13, 11});

// Row r of a new column comes from `step` columns further, r times.
template <unsigned step>
void round(const RoundTable& table, uint8_t state[16], const uint8_t key[16]) {
  uint32_t columns[4];
  for (unsigned j = 0; j < 4; ++j)
    columns[j] = load32(key + 4 * j) ^ table[0][state[4 * j]] ^
                 table[1][state[(4 * (j + step) + 1) % 16]] ^
                 table[2][state[(4 * (j + 2 * step) + 2) % 16]] ^
                 table[3][state[(4 * (j + 3 * step) + 3) % 16]];
  std::memcpy(state, columns, sizeof columns);
}

}  // namespace

void softAesEncrypt(uint8_t state[16], const uint8_t key[16]) { round<1>(kEncrypt, state, key); }
void softAesDecrypt(uint8_t state[16], const uint8_t key[16]) { round<3>(kDecrypt, state, key); }
void softAesMix(uint8_t f[64], const uint8_t e[64]) {
  for (size_t key = 0; key < 4; ++key) {
    softAesEncrypt(f, e + 16 * key);
    softAesDecrypt(f + 16, e + 16 * key);
    softAesEncrypt(f + 32, e + 16 * key);
    softAesDecrypt(f + 48, e + 16 * key);
  }
}
uint8_t aesSubstitute(uint8_t value) { return kSubstitution[value]; }

}  // namespace ibct
