// Little-endian words in byte memory, for any alignment. Both supported machines are little-endian.
#pragma once

#include <cstdint>
#include <cstring>

namespace ibct {

inline uint32_t load32(const void* from) {
  uint32_t value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

inline uint64_t load64(const void* from) {
  uint64_t value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

inline void store32(void* to, uint32_t value) { std::memcpy(to, &value, sizeof value); }
inline void store64(void* to, uint64_t value) { std::memcpy(to, &value, sizeof value); }

// count 0…63.
inline uint64_t rotateRight(uint64_t value, unsigned count) {
  return (value >> count) | (value << ((64 - count) & 63));
}

}  // namespace ibct
