// The cache of one key at a time: filled when another key or path is asked for.
#pragma once

#include <stdexcept>

#include "dataset/cache.hpp"
#include "hex.hpp"

namespace test {

inline const ibct::Cache& cacheOf(const Bytes& key, ibct::CodePath path = ibct::CodePath::jit) {
  static ibct::Cache cache(ibct::Region::allocate(ibct::kCacheBytes, ibct::PagePolicy::automatic));
  static Bytes filledWith;
  static ibct::CodePath filledFor;
  static bool filled = false;
  const std::atomic<bool> never{false};
  if (!filled || filledWith != key || filledFor != path) {
    if (!cache.fill(key.data(), key.size(), path, ibct::cpuFeatures(), never))
      throw std::runtime_error("the cache could not be filled");
    filledWith = key;
    filledFor = path;
    filled = true;
  }
  return cache;
}

}  // namespace test
