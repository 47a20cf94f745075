// A dataset in the making: hashing threads take runs of items until none is left.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "../dataset/cache.hpp"
#include "../memory/code_buffer.hpp"

namespace ibct {

class DatasetBuild {
 public:
  // Cache and copies must outlive the build and everyone who works on it.
  // Tests build only the first of the items.
  DatasetBuild(const Cache& cache, std::vector<uint8_t*> copies, uint32_t items = kDatasetItems)
      : cache_(cache), copies_(std::move(copies)), items_(items) {}

  // Computes one run (a few milliseconds, so that a stop need not wait for it even where the thread
  // gets little of its CPU); false when all are taken.
  bool buildRun() {
    const uint32_t run = nextRun_.fetch_add(1, std::memory_order_relaxed);
    if (run >= runs_) return false;
    forgetFetchedCode();  // another thread wrote the cache's code
    const uint32_t first = run * kRunItems;
    const uint32_t count = std::min(kRunItems, items_ - first);
    const size_t at = size_t{first} * 64;
    cache_.items(first, count, copies_[0] + at);
    for (size_t i = 1; i < copies_.size(); ++i)
      std::memcpy(copies_[i] + at, copies_[0] + at, size_t{count} * 64);
    runsDone_.fetch_add(1, std::memory_order_release);
    return true;
  }

  bool complete() const { return runsDone_.load(std::memory_order_acquire) == runs_; }
  double progress() const { return double(runsDone_.load(std::memory_order_relaxed)) / runs_; }

 private:
  static constexpr uint32_t kRunItems = 1024;
  const Cache& cache_;
  const std::vector<uint8_t*> copies_;
  const uint32_t items_;
  const uint32_t runs_ = (items_ + kRunItems - 1) / kRunItems;
  std::atomic<uint32_t> nextRun_{0};
  std::atomic<uint32_t> runsDone_{0};
};

}  // namespace ibct
