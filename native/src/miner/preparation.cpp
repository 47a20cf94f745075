#include "preparation.hpp"

#include <utility>

#include "../cpu/topology.hpp"
#include "make_hasher.hpp"

namespace ibct {
namespace {

// What must stay free beside a dataset: a wish for fast mode leaves less to others than `auto`
// does.
constexpr uint64_t kLeftByAutoBytes = 3000 * kMiB - kDatasetBytes;
constexpr uint64_t kLeftByFastBytes = 64 * kMiB;
constexpr std::chrono::seconds kTryAgain{5};

}  // namespace

void Preparation::start(const Settings& settings,
                        std::vector<std::shared_ptr<WorkerReport>> reports) {
  stop();
  settings_ = settings;
  const std::vector<LogicalCpu> topology = cpuTopology();
  if (!testPlaces_) places_ = placesOnNodes(nodesOf(topology, settings.cpus));
  const bool automatic = settings.mode == Settings::Mode::automatic;
  dataset_.setWish({settings.pages, automatic ? kLeftByAutoBytes : kLeftByFastBytes, places_});
  scratchpadsPerThread_ = scratchpadsPerThread(topology, processor().maker, settings.cpus);
  std::vector<WorkerOptions> workers;
  for (const uint32_t cpu : settings.cpus) {
    workers.push_back({cpu, settings.background, settings.pages});
  }
  reports_ = reports;
  pool_ = std::make_unique<WorkerPool>(bench_, workers, std::move(reports));
  idleTold_ = 0;
  if (pool_->size() == 0) {
    fail(RXN_THREAD_FAILED);
  } else if (pool_->size() < workers.size()) {
    tellProblem(RXN_FEWER_THREADS);
  }
}

void Preparation::stop() noexcept {
  pool_.reset();
  plan_.reset();
  current_ = {};
}

void Preparation::wake() {
  if (pool_) pool_->wake();
}

void Preparation::publish(std::shared_ptr<Plan> plan) {
  plan->number = ++planNumber_;
  plan_ = plan;
  pool_->follow(std::move(plan));
}

// What the threads can do with what is prepared now.
void Preparation::publishHashing() {
  const bool fast = inFastMode();
  const std::shared_ptr<Plan> plan = emptyPlan();
  plan->phase = Plan::Phase::hash;
  plan->workNumber = current_.workNumber;
  plan->algorithm = current_.algorithm;
  plan->path = settings_.path;
  plan->key = key_;
  plan->rounding = settings_.rounding;
  plan->prefetch = settings_.prefetch;
  if (fast || !key_) {
    plan->lanes =
        settings_.interleave != 0
            ? settings_.interleave
            : defaultLanes(current_.algorithm, scratchpadsPerThread_, processor().virtualMachine);
  } else {
    // A thread that builds a dataset hashes only now and then: then one hash must not take long.
    plan->lanes = dataset_.idle() ? lightLanes(key_->cache) : 1;
  }
  if (fast) {
    plan->dataset = &dataset_.dataset();
  } else {
    plan->build = dataset_.build();
  }
  publish(plan);
}

void Preparation::park() {
  if (!plan_ || plan_->phase != Plan::Phase::park) publish(emptyPlan());
}

void Preparation::keepSpare() {
  if (!spare_) spare_ = std::make_shared<Plan>();
}

std::shared_ptr<Plan> Preparation::emptyPlan() {
  keepSpare();
  return std::move(spare_);
}

void Preparation::fail(Status why) {
  park();
  failed_ = true;
  tellProblem(why);
}

void Preparation::tellProblem(Status problem) {
  tell_(errorEvent(problem, statusMessage(problem)));
}

void Preparation::watchWorkers() {
  if (failed_ || !plan_ || plan_->phase != Plan::Phase::hash) return;
  size_t idle = 0;
  Status why = RXN_OK;
  for (size_t i = 0; i < pool_->size(); ++i) {
    const Status refused = reports_[i]->refused;
    if (refused == RXN_OK) continue;
    ++idle;
    why = refused;
  }
  if (idle == pool_->size() || why == RXN_PAGES_UNAVAILABLE) {
    if (why == RXN_CODE_MEMORY_REFUSED && settings_.path == CodePath::jit) {
      useInterpreter(why);
    } else {
      fail(why);
    }
  } else if (idle > 0 && std::exchange(idleTold_, idle) == 0) {
    tellProblem(RXN_FEWER_THREADS);
  }
}

bool Preparation::parkedFor(const Wanted& wanted) {
  if (failed_ || wanted.workNumber == current_.workNumber) return false;
  park();
  current_ = {};
  return true;
}

void Preparation::follow(const Wanted& wanted, const std::atomic<bool>& cancel) {
  if (!parkedFor(wanted) || Clock::now() < keyAgain_) return;
  const Key* before = key_ ? &key_->key : nullptr;
  const bool newKey = needsKey(wanted.algorithm) && (before == nullptr || *before != wanted.key);
  Dataset outgoing;  // giving 2 GiB back takes a while: after the threads have gone on
  if (!needsKey(wanted.algorithm)) {
    dropKey();
  } else {
    if (!obtainKey(wanted.key, cancel)) return;
    Dataset made = next_.take(key_->key);
    if (made && fastModeWanted()) {
      outgoing = dataset_.exchange(std::move(made), key_->key);
      if (!dataset_.agreesWith(key_->cache)) abandonFastMode(RXN_SELF_TEST_FAILED);
    }
  }
  if (key_ && fastModeWanted()) {
    dataset_.want(key_);
  } else {
    dataset_.drop();
  }
  keepSpare();
  current_ = wanted;
  publishHashing();
  if (newKey) tell_(keyReadyEvent(key_->key, false));
}

void Preparation::dropKey() {
  dataset_.drop();
  key_.reset();
}

bool Preparation::obtainKey(const Key& key, const std::atomic<bool>& cancel) {
  if (key_ && key_->key == key && key_->path == settings_.path) return true;
  dataset_.forgetKey();
  key_.reset();
  const auto acquire = [&] {
    return keyStore().acquire(key, settings_.path, settings_.pages, cancel);
  };
  KeyStore::Outcome outcome = acquire();
  if (outcome.status == RXN_CODE_MEMORY_REFUSED && settings_.path == CodePath::jit) {
    useInterpreter(outcome.status);
    outcome = acquire();
  }
  if (outcome.status == RXN_OUT_OF_MEMORY && (next_.holdsMemory() || dataset_.holdsMemory())) {
    // Light mode is better than nothing.
    next_.drop();
    dataset_.drop();
    outcome = acquire();
  }
  if (outcome.status == RXN_OUT_OF_MEMORY && minedBefore_) {
    if (keyAgain_ == Clock::time_point{}) tellProblem(RXN_KEY_WAITS);
    keyAgain_ = Clock::now() + kTryAgain;
    return false;
  }
  if (outcome.status != RXN_OK) fail(outcome.status);
  if (!outcome.key) return false;
  key_ = std::move(outcome.key);
  keyAgain_ = {};
  minedBefore_ = true;
  return true;
}

bool Preparation::fastModeWanted() const {
  return settings_.mode != Settings::Mode::light && !fastModeAbandoned_;
}

bool Preparation::inFastMode() const {
  return key_ && fastModeWanted() && dataset_.madeFor(key_->key);
}

void Preparation::tellDatasetRefused() {
  if (settings_.pages != PagePolicy::automatic) {
    fail(RXN_PAGES_UNAVAILABLE);
  } else if (settings_.mode == Settings::Mode::fast) {
    tell_(errorEvent(RXN_OUT_OF_MEMORY,
                     "Fast mode needs about 2.4 GB of free memory, which this computer does not "
                     "have now: mining goes on in light mode, which is much slower."));
  }
}

void Preparation::advance(const Wanted& wanted, const std::atomic<bool>& cancel) {
  if (failed_) return;
  if (fastModeAbandoned_) leaveFastMode();
  if (wanted.workNumber != current_.workNumber) return;
  keepSpare();
  switch (dataset_.advance(bench_.firstHashAt != 0, cancel)) {
    case DatasetPreparation::Change::none:
      break;
    case DatasetPreparation::Change::refused:
      tellDatasetRefused();
      if (!failed_) publishHashing();
      break;
    case DatasetPreparation::Change::begun:
      publishHashing();
      break;
    case DatasetPreparation::Change::made:
      publishHashing();
      tell_(keyReadyEvent(key_->key, true));
      break;
    case DatasetPreparation::Change::wrong:
      abandonFastMode(RXN_SELF_TEST_FAILED);
      break;
  }
  if (dataset_.idle()) prepareAhead(wanted.nextKey);
  if (const Key* made = next_.newlyMade()) tell_(keyReadyEvent(*made, true));
}

void Preparation::prepareAhead(const std::optional<Key>& nextKey) {
  if (!nextKey || !key_ || *nextKey == key_->key) return;
  NextKey::Wish wish;
  wish.key = *nextKey;
  wish.path = settings_.path;
  wish.pages = settings_.pages;
  wish.datasetItems = datasetItems_;
  next_.prepare(wish, inFastMode() ? &dataset_.dataset() : nullptr, places_);
}

void Preparation::abandonFastMode(Status why) {
  if (fastModeAbandoned_) return;
  fastModeAbandoned_ = true;
  tellProblem(why);
  leaveFastMode();
}

void Preparation::leaveFastMode() {
  if (!dataset_.holdsMemory()) return;
  dataset_.cancel();
  if (hashes()) publishHashing();
  dataset_.drop();
}

void Preparation::useInterpreter(Status why) {
  park();
  settings_.path = CodePath::interpreter;
  dropKey();
  current_ = {};
  tellProblem(why);
}

}  // namespace ibct
