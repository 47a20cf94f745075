// Keccak-f[1600] and the absorbing of CryptoNight: rate 136, Keccak's original padding, the whole
// state as result.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ibct::cryptonight {

// Word x + 5y at index x + 5y; as bytes little-endian.
struct KeccakState {
  uint64_t words[25] = {};

  uint8_t* bytes() { return reinterpret_cast<uint8_t*>(words); }
  const uint8_t* bytes() const { return reinterpret_cast<const uint8_t*>(words); }
};
static_assert(sizeof(KeccakState) == 200);

void permute(KeccakState& state);
KeccakState absorb(const uint8_t* input, size_t size);

}  // namespace ibct::cryptonight
