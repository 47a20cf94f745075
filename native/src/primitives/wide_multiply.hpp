// The upper 64 bits of 64 × 64-bit products.
#pragma once

#include <cstdint>

namespace ibct {

inline uint64_t multiplyHigh(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<uint64_t>((Wide{a} * b) >> 64);
}

// Both operands and the result are two's complement numbers.
inline uint64_t multiplyHighSigned(uint64_t a, uint64_t b) {
  return multiplyHigh(a, b) - (a >> 63 ? b : 0) - (b >> 63 ? a : 0);
}

}  // namespace ibct
