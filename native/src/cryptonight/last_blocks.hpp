// The end of a message in blocks of 64 bytes: its rest, a bit 1 and zeros, up to a length that the
// caller writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "big_endian.hpp"

namespace ibct::cryptonight {

struct LastBlocks {
  static constexpr size_t kBlockBytes = 64;

  // One block holds a rest of at most `mostInOne` bytes, two any other.
  LastBlocks(const uint8_t* rest, size_t restBytes, size_t mostInOne)
      : size(restBytes <= mostInOne ? kBlockBytes : 2 * kBlockBytes) {
    if (restBytes != 0) std::memcpy(bytes, rest, restBytes);
    bytes[restBytes] = 0x80;
  }
  void endWith(uint64_t length) { storeBig64(bytes + size - 8, length); }

  uint8_t bytes[2 * kBlockBytes] = {};
  size_t size;
};

}  // namespace ibct::cryptonight
