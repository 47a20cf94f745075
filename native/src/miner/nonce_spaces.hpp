// One ascending nonce counter for each recent blob, so that no nonce of a blob is ever hashed
// twice.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "job.hpp"

namespace ibct {

class NonceSpaces {
 public:
  // One for all miners of the process that want it.
  static NonceSpaces& ofProcess();

  // The space of this job's blob (the free nonce bytes do not count): where it was if the blob is
  // known, else from 0, in the place of the one that was out of use longest. Any thread.
  uint16_t spaceOf(const Job& job);

  // The first of `count` nonces taken; from job.nonceCount() on they are used up. Any thread.
  uint64_t take(const Job& job, unsigned count) {
    Space& space = spaces_[job.nonceSpace];
    // Another miner of the process may see many jobs go by meanwhile.
    space.lastUse.store(uses_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    return space.next.fetch_add(count, std::memory_order_relaxed);
  }
  bool exhausted(const Job& job) const {
    return spaces_[job.nonceSpace].next.load(std::memory_order_relaxed) >= job.nonceCount();
  }

 private:
  static constexpr size_t kRemembered = 64;
  struct Space {
    std::atomic<uint64_t> next{0};
    std::vector<uint8_t> identity;
    std::atomic<uint64_t> lastUse{0};
  };
  std::mutex mutex_;  // of identities
  std::array<Space, kRemembered> spaces_;
  std::atomic<uint64_t> uses_{0};
};

}  // namespace ibct
