// Where a program reads its dataset lines: the 2 GiB dataset, or a cache that makes them one by
// one.
#pragma once

#include <cstdint>
#include <cstring>

#include "../dataset/cache.hpp"

namespace ibct {

// Exactly one of the two is set; neither is owned.
struct DatasetSource {
  const uint8_t* dataset = nullptr;
  const Cache* cache = nullptr;

  // The 64 bytes at a line-aligned byte address.
  void line(uint64_t address, uint8_t out[64]) const {
    if (dataset != nullptr)
      std::memcpy(out, dataset + address, 64);
    else
      cache->item(address / 64, out);
  }
};

}  // namespace ibct
