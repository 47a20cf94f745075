// Big-endian numbers in byte memory.
#pragma once

#include <cstdint>

namespace ibct::cryptonight {

inline uint32_t loadBig32(const uint8_t* from) {
  return uint32_t{from[0]} << 24 | uint32_t{from[1]} << 16 | uint32_t{from[2]} << 8 | from[3];
}

inline void storeBig32(uint8_t* to, uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) to[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
}

inline void storeBig64(uint8_t* to, uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) to[i] = static_cast<uint8_t>(value >> (56 - 8 * i));
}

}  // namespace ibct::cryptonight
