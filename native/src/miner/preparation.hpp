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
#include "dataset_build.hpp"
#include "event_ring.hpp"
#include "job.hpp"
#include "key_store.hpp"
#include "make_hasher.hpp"
#include "next_key.hpp"
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
  std::vector<uint32_t> cpus;
};

// What the newest job needs.
struct Wanted {
  uint64_t workNumber = 0;  // 0: no job yet
  Algorithm algorithm = Algorithm::rx0;
  Key key;
  std::optional<Key> nextKey;
};

// Used by the control thread only.
class Preparation {
 public:
  using Tell = std::function<void(const rxn_event&)>;

  // tell: where events go.
  Preparation(WorkBench& bench, Tell tell) : bench_(bench), tell_(std::move(tell)) {}

  // (Re)starts the threads with these settings; what is prepared is kept. Throws std::system_error.
  void start(const Settings& settings, std::vector<std::shared_ptr<WorkerReport>> reports);
  // Ends the threads.
  void stop();

  // Prepares for another key or algorithm if need be; gives up when `cancel` becomes true. Blocks
  // for a cache fill.
  void follow(const Wanted& wanted, const std::atomic<bool>& cancel);
  // What is due from time to time: a dataset that has become complete, a next key to be prepared
  // ahead.
  void advance(const Wanted& wanted);

  // Makes idle threads look for work again.
  void wake();

  // Falls back after a self-test, an audit or the system said no.
  void abandonFastMode(Status why);
  void useInterpreter(Status why);
  void fail(Status why);

  bool failed() const { return failed_; }
  const Plan* plan() const { return plan_.get(); }
  CodePath path() const { return settings_.path; }
  PageKind datasetPages() const { return dataset_.pages(); }
  double datasetProgress() const;
  double datasetSeconds() const { return datasetSeconds_; }

 private:
  using Clock = std::chrono::steady_clock;

  void publish(std::shared_ptr<Plan> plan);
  std::shared_ptr<Plan> hashingPlan(bool fast) const;
  void park();
  void dropKey();
  void dropDataset();
  bool obtainKey(const Key& key, const std::atomic<bool>& cancel);
  void beginDataset();
  bool allocateDataset();
  bool fastModeWanted() const;
  bool datasetFits() const;
  void finishDataset();
  bool datasetAgreesWithCache() const;
  Region takeNextDataset();
  std::optional<PagePolicy> nextDatasetPages() const;
  void prepareAhead(const std::optional<Key>& nextKey);

  WorkBench& bench_;
  Tell tell_;
  Settings settings_;
  size_t cacheBytesPerThread_ = 0;
  std::unique_ptr<WorkerPool> pool_;
  std::shared_ptr<Plan> plan_;
  uint64_t planNumber_ = 0;
  bool failed_ = false;
  bool fastModeAbandoned_ = false;
  bool datasetDue_ = false;

  Wanted current_;  // what the threads are prepared for
  std::shared_ptr<const PreparedKey> key_;
  Region dataset_;
  std::optional<Key> datasetKey_;  // whose items the complete dataset holds
  std::shared_ptr<DatasetBuild> build_;
  Clock::time_point buildBegan_;
  double datasetSeconds_ = 0;

  std::unique_ptr<NextKey> next_;
  bool nextDatasetTold_ = false;
};

}  // namespace ibct
