// A dataset in the making: hashing threads take runs of items until none is left.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "../dataset/cache.hpp"

namespace ibct {

class DatasetBuild {
 public:
  // Both must outlive the build and everyone who works on it.
  DatasetBuild(const Cache& cache, uint8_t* dataset) : cache_(cache), dataset_(dataset) {}

  // Computes one run (some milliseconds); false when all are taken.
  bool buildRun() {
    const uint32_t run = nextRun_.fetch_add(1, std::memory_order_relaxed);
    if (run >= kRuns) return false;
    const uint32_t first = run * kRunItems;
    const uint32_t count = std::min(kRunItems, kDatasetItems - first);
    cache_.items(first, count, dataset_ + size_t{first} * 64);
    runsDone_.fetch_add(1, std::memory_order_release);
    return true;
  }

  bool complete() const { return runsDone_.load(std::memory_order_acquire) == kRuns; }
  double progress() const { return double(runsDone_.load(std::memory_order_relaxed)) / kRuns; }

 private:
  static constexpr uint32_t kRunItems = 4096;
  static constexpr uint32_t kRuns = (kDatasetItems + kRunItems - 1) / kRunItems;
  const Cache& cache_;
  uint8_t* dataset_;
  std::atomic<uint32_t> nextRun_{0};
  std::atomic<uint32_t> runsDone_{0};
};

}  // namespace ibct
