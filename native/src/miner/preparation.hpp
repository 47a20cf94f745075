// Brings the hashing threads from wherever they are to what the newest job needs: key, cache,
// dataset.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "../memory/region.hpp"
#include "dataset_preparation.hpp"
#include "event_ring.hpp"
#include "job.hpp"
#include "key_store.hpp"
#include "make_hasher.hpp"
#include "next_key_preparation.hpp"
#include "plan.hpp"
#include "status.hpp"
#include "worker_pool.hpp"

namespace ibct {

struct Settings {
  enum class Mode : uint8_t { automatic, light, fast };
  Mode mode = Mode::automatic;
  PagePolicy pages = PagePolicy::automatic;
  unsigned interleave = 0;  // 0: the engine's choice
  CodePath path = CodePath::jit;
  bool background = true;
  RoundingChoice rounding = RoundingChoice::automatic;
  PrefetchChoice prefetch = PrefetchChoice::automatic;
  bool noncesOfProcess = false;  // counts when a miner is made only
  std::vector<uint32_t> cpus;
};

// What the newest job needs.
struct Wanted {
  uint64_t workNumber = 0;  // 0: no job yet
  Algorithm algorithm = Algorithm::rx0;
  Key key;
  std::optional<Key> nextKey;
};

// In three parts: the threads and what they hash (here), the current key's dataset
// (dataset_preparation.hpp), and what is made ahead (next_key_preparation.hpp).
//
//              another key or algorithm                fast mode abandoned
//        ┌───────────────┬─────────────────┐      ┌───────────────────────────┐
//        ▼               │                 │      ▼                           │
//   ► parked ──key──► light mode ──begun─► light mode, ──dataset made──► fast mode
//      │   │                               building it                    ▲
//      │   └──────────key, and its dataset was made ahead─────────────────┘
//      └──nothing left to fall back to──► failed: parked for good
//
// Used by the control thread only. An exception (bad_alloc) leaves it fit to go on: the same call
// may be tried again. Owns what the threads read; the threads go first, whatever ends it.
class Preparation {
 public:
  using Tell = std::function<void(const rxn_event&)>;

  // tell: where events go. Tests build only the first items of a dataset, and in
  // places of their own.
  Preparation(WorkBench& bench, Tell tell, uint32_t datasetItems, DatasetPlaces testPlaces = {})
      : bench_(bench),
        tell_(std::move(tell)),
        datasetItems_(datasetItems),
        testPlaces_(testPlaces != nullptr),
        places_(std::move(testPlaces)),
        dataset_(datasetItems),
        next_(bench.paused) {}
  ~Preparation() { stop(); }

  // (Re)starts the threads with these settings; what is prepared is kept.
  void start(const Settings& settings, std::vector<std::shared_ptr<WorkerReport>> reports);
  // Ends the threads. Needs no memory.
  void stop() noexcept;

  // Whether the threads have to be prepared for this, and stops them from working for anything
  // else.
  bool parkedFor(const Wanted& wanted);

  // Prepares for another key or algorithm if need be; gives up when `cancel` becomes true. Blocks
  // for a cache fill.
  void follow(const Wanted& wanted, const std::atomic<bool>& cancel);
  // What is due from time to time: a dataset to be begun or that has become complete, a next key to
  // be prepared ahead. Where the system refuses a thread for that, blocks while the dataset's
  // memory is taken, unless `cancel` becomes true.
  void advance(const Wanted& wanted, const std::atomic<bool>& cancel);
  // What the system refused the threads: falls back, or tells.
  void watchWorkers();

  // Makes idle threads look for work again.
  void wake();

  // Falls back after a self-test, an audit or the system said no.
  void abandonFastMode(Status why);
  void useInterpreter(Status why);
  void fail(Status why);

  bool failed() const { return failed_; }
  bool hashes() const { return plan_ && plan_->phase == Plan::Phase::hash; }
  const Plan* plan() const { return plan_.get(); }
  CodePath path() const { return settings_.path; }
  PageKind datasetPages() const { return dataset_.dataset().pages(); }
  double datasetProgress() const { return inFastMode() ? 1.0 : dataset_.progress(); }
  double datasetSeconds() const { return dataset_.seconds(); }

 private:
  using Clock = std::chrono::steady_clock;

  void publish(std::shared_ptr<Plan> plan);
  void publishHashing();
  void park();
  // A plan at hand: what has changed can be published without memory.
  void keepSpare();
  std::shared_ptr<Plan> emptyPlan();
  void dropKey();
  void leaveFastMode();
  bool obtainKey(const Key& key, const std::atomic<bool>& cancel);
  void tellDatasetRefused();
  bool fastModeWanted() const;
  bool inFastMode() const;
  void prepareAhead(const std::optional<Key>& nextKey);
  void tellProblem(Status problem);

  WorkBench& bench_;
  const Tell tell_;
  const uint32_t datasetItems_;
  const bool testPlaces_;
  DatasetPlaces places_;
  Settings settings_;
  size_t scratchpadsPerThread_ = 0;
  std::vector<std::shared_ptr<WorkerReport>> reports_;
  std::shared_ptr<Plan> plan_;
  std::shared_ptr<Plan> spare_;
  uint64_t planNumber_ = 0;
  bool failed_ = false;
  bool fastModeAbandoned_ = false;
  size_t idleTold_ = 0;  // threads that were said not to hash
  bool minedBefore_ = false;
  Clock::time_point keyAgain_{};  // when a cache that was refused is tried again

  Wanted current_;  // what the threads are prepared for
  std::shared_ptr<const PreparedKey> key_;
  DatasetPreparation dataset_;
  NextKeyPreparation next_;

  std::unique_ptr<WorkerPool> pool_;  // the last member: goes before what its threads read
};

}  // namespace ibct
