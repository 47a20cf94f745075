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
#include "preparation.hpp"
#include "share_gate.hpp"
#include "worker.hpp"

namespace ibct {

class Miner {
 public:
  // Throws std::system_error when the control thread cannot be had.
  explicit Miner(Settings settings);
  // Only after stopped().
  ~Miner();
  Miner(const Miner&) = delete;
  Miner& operator=(const Miner&) = delete;

  // None of these waits for anything but a copy. Contracts: randomx_native.h.
  Status configure(Settings settings);
  Status setJob(Job job, const Key& key, const std::optional<Key>& nextKey, uint64_t& number);
  Status pause();
  Status resume();
  void requestStop();
  bool stopped() const { return stopped_; }
  Status poll(uint8_t* buffer, uint32_t capacity, uint32_t& written);

 private:
  using Clock = std::chrono::steady_clock;

  void control();
  void work();
  void startWorkers();
  void chooseGate(Algorithm algorithm);
  void judgeCandidates();
  void watchSelfTest();
  void watchWorkers();
  void publishSnapshot();
  void tell(const rxn_event& event);
  uint32_t state() const;
  void wakeControl();

  WorkBench bench_;

  // Shared by callers and the control thread; held for copies only.
  std::mutex mutex_;
  std::condition_variable wake_;
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
  std::unique_ptr<ShareGate> gate_;
  std::unique_ptr<Preparation> preparation_;
  std::vector<uint32_t> reportCpus_;  // of reports_
  uint64_t judgedWork_ = 0;           // work number of the last round of judging

  std::thread thread_;
};

}  // namespace ibct
