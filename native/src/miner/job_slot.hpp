// The one place where threads look for work. The newest job wins; neither side ever waits for the
// other.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

#include "job.hpp"

namespace ibct {

// A sequence lock over atomic words: odd while a job is being written. Low-priority readers hold
// nothing that the writer (a user interface thread) could have to wait for.
class JobSlot {
 public:
  // One writer at a time.
  void write(const Job& job) {
    std::array<uint64_t, kWords> copy;
    std::memcpy(copy.data(), &job, sizeof job);
    const uint64_t before = sequence_.load(std::memory_order_relaxed);
    sequence_.store(before + 1, std::memory_order_relaxed);
    for (size_t i = 0; i < kWords; ++i) words_[i].store(copy[i], std::memory_order_release);
    sequence_.store(before + 2, std::memory_order_release);
  }

  // Copies the job out and returns true when it is another one than `seen` tells; updates `seen`.
  bool readIfNewer(uint64_t& seen, Job& job) const {
    for (;;) {
      const uint64_t before = sequence_.load(std::memory_order_acquire);
      if (before == seen) return false;
      if (before % 2 != 0) continue;
      std::array<uint64_t, kWords> copy;
      for (size_t i = 0; i < kWords; ++i) copy[i] = words_[i].load(std::memory_order_acquire);
      if (sequence_.load(std::memory_order_relaxed) != before) continue;
      std::memcpy(static_cast<void*>(&job), copy.data(), sizeof job);
      seen = before;
      return true;
    }
  }

 private:
  static constexpr size_t kWords = sizeof(Job) / 8;
  std::atomic<uint64_t> sequence_{0};
  std::array<std::atomic<uint64_t>, kWords> words_{};
};

}  // namespace ibct
