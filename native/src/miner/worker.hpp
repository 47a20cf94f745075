// One hashing thread: follows the plan, hashes the newest job, hands over what it finds.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include "../hash/hasher.hpp"
#include "../memory/region.hpp"
#include "candidate.hpp"
#include "job_slot.hpp"
#include "nonce_spaces.hpp"
#include "plan.hpp"
#include "status.hpp"

namespace ibct {

// What all workers of a miner share. The worker pool and the miner write; workers read, count and
// deliver.
struct WorkBench {
  explicit WorkBench(NonceSpaces* shared = nullptr)
      : nonces(shared != nullptr ? *shared : ownNonces) {}

  JobSlot slot;
  NonceSpaces ownNonces;
  NonceSpaces& nonces;
  CandidateQueue candidates;
  std::atomic<bool> paused{false};
  std::atomic<bool> stopping{false};
  std::atomic<int64_t> firstHashAt{0};  // steady clock nanoseconds; 0: none yet
};

struct WorkerOptions {
  uint32_t cpu = 0;
  bool background = true;
  PagePolicy pages = PagePolicy::automatic;
};

// Counters and findings that others read while the worker runs.
struct WorkerReport {
  std::atomic<uint64_t> hashes{0};
  std::atomic<PageKind> scratchpadPages{PageKind::none};
  std::atomic<const char*> programPath{""};
  std::atomic<const char*> aesPath{""};
  std::atomic<unsigned> lanes{0};       // VMs side by side; 0: not hashing
  std::atomic<Status> refused{RXN_OK};  // why this thread does not hash what the plan says
};

class Worker {
 public:
  Worker(WorkBench& bench, const WorkerOptions& options, WorkerReport& report)
      : bench_(bench), options_(options), report_(report) {}

  // On the worker's own thread, before anything else.
  void settle();
  // Finishes what is in flight, then follows this plan: where memory is short, with fewer lanes, or
  // not at all (see the report).
  void adopt(std::shared_ptr<const Plan> plan) noexcept;
  // One run of dataset items or one batch of hashes; false when there is nothing to do until
  // something changes. Refused memory costs a pause.
  bool step() noexcept;
  // Finishes what is in flight.
  void finish() noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  struct Batch {
    std::shared_ptr<const Job> job;
    std::array<uint64_t, kMaxLanes> counters{};
    unsigned count = 0;  // 0: nothing in flight
    bool audited = false;
  };

  void lookForJob();
  bool work();
  void prepareHasher();
  Status makeHasherWith(unsigned lanes);
  bool hashBatch();
  bool hashUnpipelined();
  void finishBatch();
  void deliver(const Batch& batch, const uint8_t (*hashes)[32]);
  bool takeBatch(Batch& batch, Input* inputs);
  bool lightHashIsDue() const;

  WorkBench& bench_;
  const WorkerOptions options_;
  WorkerReport& report_;
  std::shared_ptr<const Plan> plan_;
  Region scratchpads_;
  std::unique_ptr<Hasher> hasher_;
  std::shared_ptr<const Job> job_;
  uint64_t jobSeen_ = 0;
  Batch inFlight_;
  std::array<std::array<uint8_t, RXN_BLOB_BYTES>, kMaxLanes> blobs_{};
  Clock::duration buildTime_{};
  Clock::duration lightTime_{};
};

}  // namespace ibct
