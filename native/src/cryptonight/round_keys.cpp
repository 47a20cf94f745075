#include <cstring>

#include "../primitives/aes_round.hpp"
#include "kernels.hpp"

namespace ibct::cryptonight {

// FIPS-197, 5.2, for 40 words.
RoundKeys expandKey(const uint8_t key[32]) {
  RoundKeys keys;
  uint8_t* words = &keys.bytes[0][0];
  std::memcpy(words, key, 32);
  uint8_t roundConstant = 1;
  for (unsigned i = 8; i < 40; ++i) {
    uint8_t* word = words + 4 * i;
    const uint8_t* before = word - 4;
    const uint8_t* eightBefore = word - 32;
    const bool turns = i % 8 == 0;
    for (unsigned k = 0; k < 4; ++k) {
      uint8_t value = before[turns ? (k + 1) % 4 : k];
      if (i % 4 == 0) value = aesSubstitute(value);
      word[k] = eightBefore[k] ^ value;
    }
    if (turns) {
      word[0] ^= roundConstant;
      roundConstant = static_cast<uint8_t>(roundConstant << 1);
    }
  }
  return keys;
}

}  // namespace ibct::cryptonight
