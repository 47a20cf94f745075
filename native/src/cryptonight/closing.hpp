// The four hash functions one of which closes a CryptoNight hash, in their final SHA-3 candidate
// versions. Plain code: together they are under half a percent of a hash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ibct::cryptonight {

using ClosingHash = void (*)(const uint8_t* input, size_t size, uint8_t out[32]);

void blake256(const uint8_t* input, size_t size, uint8_t out[32]);
void groestl256(const uint8_t* input, size_t size, uint8_t out[32]);
void jh256(const uint8_t* input, size_t size, uint8_t out[32]);
void skein256(const uint8_t* input, size_t size, uint8_t out[32]);  // Skein-512-256

// Chosen by two bits of the final state.
constexpr ClosingHash kClosingHashes[4] = {blake256, groestl256, jh256, skein256};

}  // namespace ibct::cryptonight
