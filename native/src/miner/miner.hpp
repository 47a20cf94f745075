// A miner: takes jobs and orders from any thread, gives snapshots and events; a control thread does
// the rest.
#pragma once

#include <randomx_native.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "event_ring.hpp"
#include "light_hasher.hpp"
#include "preparation.hpp"
#include "self_test.hpp"
#include "share_gate.hpp"
#include "worker.hpp"

namespace ibct {

// What tests replace: most of a dataset, and with it the check of what was hashed with the rest.
struct MinerParts {
  uint32_t datasetItems = kDatasetItems;
  ShareGate::Checker checker;
  DatasetPlaces datasetPlaces;                // none: by the machine's nodes of memory
  std::chrono::milliseconds patience{10000};  // with a system that refuses memory
};

class Miner {
 public:
  // Throws std::system_error when the control thread cannot be had.
  explicit Miner(Settings settings, MinerParts parts = {});
  // Only after stopped().
  ~Miner();
  Miner(const Miner&) = delete;
  Miner& operator=(const Miner&) = delete;

  // None of these but wait() waits for anything but a copy. Contracts: randomx_native.h.
  Status configure(Settings settings);
  Status setJob(Job job, const Key& key, const std::optional<Key>& nextKey, uint64_t& number);
  Status pause();
  Status resume();
  void requestStop();
  bool stopped() const { return stopped_; }
  Status poll(uint8_t* buffer, uint32_t capacity, uint32_t& written);
  void wait(uint32_t seen, std::chrono::milliseconds most);

 private:
  using Clock = std::chrono::steady_clock;

  struct Orders {
    Wanted wanted;
    std::optional<Settings> settings;
    bool woken = false;
  };

  void control() noexcept;
  Status work() noexcept;
  Orders takeOrders();
  void carryOut(const Wanted& wanted, bool woken);
  void startWorkers();
  void chooseChecks(Algorithm algorithm);
  bool hasRoomForSelfTest() const;
  ShareGate::Check check(const Candidate& candidate);
  void judgeCandidates();
  void tellUnchecked(unsigned shares);
  void watchSelfTest();
  unsigned lanesOf(const Plan& plan) const;
  void publishSnapshot();
  void tell(const rxn_event& event);
  uint32_t state() const;
  void wakeControl();

  WorkBench bench_;

  // Shared by callers and the control thread; held for copies only.
  std::mutex mutex_;
  std::condition_variable wake_;  // of the control thread
  std::condition_variable news_;  // for who waits: an event, another state
  bool woken_ = false;
  Wanted wanted_;
  Job newest_;
  std::optional<Settings> newSettings_;
  std::vector<std::shared_ptr<WorkerReport>> reports_;
  EventRing events_;
  rxn_snapshot published_{};          // state: as if no newer job had come
  uint64_t publishedWorkNumber_ = 0;  // what the threads hash; 0: nothing
  std::optional<Clock::time_point> firstJobAt_;

  std::atomic<bool> cancelPreparing_{false};
  std::atomic<bool> stopped_{false};

  // The control thread's own.
  Settings settings_;
  const MinerParts parts_;
  bool startDue_ = true;  // of the hashing threads, with the settings
  bool started_ = false;
  std::unique_ptr<ShareGate> gate_;
  std::unique_ptr<LightHasher> checker_;
  std::unique_ptr<SelfTest> selfTest_;
  std::optional<Clock::time_point> selfTestAgain_;  // after one that memory was refused for
  std::unique_ptr<Preparation> preparation_;
  std::vector<uint32_t> reportCpus_;  // of reports_

  std::thread thread_;
};

}  // namespace ibct
