// Hashes on their way from the threads that found them to the control thread that checks them.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "job.hpp"
#include "key_store.hpp"

namespace ibct {

struct Candidate {
  std::shared_ptr<const Job> job;
  std::shared_ptr<const PreparedKey> key;  // null for cn/1
  uint64_t counter = 0;                    // nonce counter value; Job::writeBlob makes the input
  uint64_t planNumber = 0;
  uint8_t lane = 0;  // which of the hashes interleaved in its thread
  bool fast = false;
  bool share = false;  // below the target; else here only to have the path checked
  bool audit = false;  // one of the hashes on which the fast path earns its trust
  uint8_t hash[32];
  uint8_t result[32];  // what is compared with the target
};

// Takes its memory when it is made, so that no share is lost for want of it.
class CandidateQueue {
 public:
  CandidateQueue() {
    waiting_.reserve(kMost);
    drained_.reserve(kMost);
  }

  // Nobody drains for long only when something is broken: then the newest are dropped.
  void push(const Candidate& candidate) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kMost) waiting_.push_back(candidate);
  }

  // All that wait; the list is the reader's to empty before the next call. One reader.
  std::vector<Candidate>& drain() {
    const std::lock_guard lock(mutex_);
    if (drained_.empty()) std::swap(waiting_, drained_);
    return drained_;
  }

 private:
  static constexpr size_t kMost = 8192;
  std::mutex mutex_;
  std::vector<Candidate> waiting_;
  std::vector<Candidate> drained_;
};

}  // namespace ibct
