// The reciprocals that IMUL_RCP multiplies with (RandomX specification 5.2.2).
#pragma once

#include <cstdint>

namespace ibct {

constexpr bool isZeroOrPowerOfTwo(uint32_t value) { return (value & (value - 1)) == 0; }

// floor(2^x / divisor) for the largest x with a result below 2^64; bit 63 is always set.
// The divisor is neither zero nor a power of two.
constexpr uint64_t reciprocal(uint32_t divisor) {
  unsigned bits = 0;  // floor(log2(divisor)) + 1
  for (uint32_t rest = divisor; rest != 0; rest >>= 1) ++bits;
  const uint64_t half = uint64_t{1} << 63;
  return ((half / divisor) << bits) + ((half % divisor) << bits) / divisor;
}

}  // namespace ibct
