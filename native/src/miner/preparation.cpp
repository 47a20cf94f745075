#include "preparation.hpp"

#include <cstdio>
#include <cstring>
#include <exception>
#include <random>
#include <system_error>
#include <utility>

#include "../cpu/thread.hpp"
#include "../cpu/topology.hpp"
#include "../memory/available.hpp"
#include "../memory/mapping.hpp"
#include "make_hasher.hpp"

namespace ibct {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;
// What must stay free beside a dataset: a wish for fast mode leaves less to others than `auto`
// does.
constexpr uint64_t kLeftByAutoBytes = 3000 * kMiB - kDatasetBytes;
constexpr uint64_t kLeftByFastBytes = 64 * kMiB;
constexpr uint64_t kAheadBytes = 1024 * kMiB;
// What must stay free beside a second dataset.
constexpr uint64_t kLeftToOthersBytes = 2048 * kMiB;
// The dataset's memory, whose pages are zeroed on all cores, waits so long for a first hash.
constexpr std::chrono::seconds kFirstHashFirst{1};
constexpr std::chrono::seconds kTryAgain{5};
constexpr char kWaitsForMemory[] =
    "Not enough memory is free for the next key: light mode needs about 300 MB. Mining goes on "
    "when "
    "there is.";

}  // namespace

void Preparation::start(const Settings& settings,
                        std::vector<std::shared_ptr<WorkerReport>> reports) {
  stop();
  if (settings.pages != settings_.pages) memory_.reset();
  settings_ = settings;
  scratchpadsPerThread_ = scratchpadsPerThread(cpuTopology(), processor().maker, settings.cpus);
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
    tellProblem(RXN_THREAD_FAILED, "The system refused threads: %zu of %zu hash.", pool_->size(),
                workers.size());
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

std::shared_ptr<Plan> Preparation::hashingPlan(const Wanted& wanted, bool fast) const {
  auto plan = std::make_shared<Plan>();
  plan->phase = Plan::Phase::hash;
  plan->workNumber = wanted.workNumber;
  plan->algorithm = wanted.algorithm;
  plan->path = settings_.path;
  plan->key = key_;
  plan->rounding = settings_.rounding;
  if (fast || !needsKey(wanted.algorithm)) {
    plan->lanes = settings_.interleave != 0 ? settings_.interleave
                                            : defaultLanes(wanted.algorithm, scratchpadsPerThread_,
                                                           processor().virtualMachine);
  } else {
    plan->lanes = staysLight() ? lightLanes(key_->cache) : 1;
  }
  if (fast) {
    plan->dataset = dataset_.data();
  } else {
    plan->build = build_;
  }
  return plan;
}

void Preparation::park() {
  if (!plan_ || plan_->phase != Plan::Phase::park) publish(std::make_shared<Plan>());
}

void Preparation::fail(Status why) {
  park();
  failed_ = true;
  tell_(errorEvent(why, statusMessage(why)));
}

void Preparation::tellProblem(Status status, const char* format, size_t some, size_t all) {
  char message[RXN_MESSAGE_BYTES];
  std::snprintf(message, sizeof message, format, some, all);
  tell_(errorEvent(status, message));
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
  } else if (idle > std::exchange(idleTold_, idle)) {
    tellProblem(why, "Memory is short: %zu of %zu threads hash.", pool_->size() - idle,
                reports_.size());
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
  Region outgoing;  // giving 2 GiB back takes a while: after the threads have gone on
  if (needsKey(wanted.algorithm)) {
    if (!obtainKey(wanted.key, cancel)) return;
    if (next_ && next_->key() == key_->key) outgoing = takeNextDataset();
  } else {
    dropKey();
  }
  if (!fastModeWanted()) dropDataset();
  const bool datasetReady = key_ && datasetKey_ == key_->key;
  datasetDue_ = key_ && fastModeWanted() && !datasetReady && !build_;
  datasetDueSince_ = Clock::now();
  const std::shared_ptr<Plan> plan = hashingPlan(wanted, datasetReady);
  current_ = wanted;
  publish(plan);
  if (newKey) tell_(keyReadyEvent(key_->key, false));
}

// What was made ahead takes the old dataset's place. Unfinished, it is given up: all threads
// together build faster.
Region Preparation::takeNextDataset() {
  Region made = next_->takeDataset();
  next_.reset();
  if (!made || !fastModeWanted()) return Region();
  datasetKey_ = key_->key;
  memory_.reset();
  std::swap(dataset_, made);
  if (!datasetAgreesWithCache()) abandonFastMode(RXN_SELF_TEST_FAILED);
  return made;
}

void Preparation::dropKey() {
  build_.reset();
  key_.reset();
  dropDataset();
}

void Preparation::dropDataset() {
  build_.reset();
  memory_.reset();
  datasetKey_.reset();
  dataset_ = Region();
}

bool Preparation::obtainKey(const Key& key, const std::atomic<bool>& cancel) {
  if (key_ && key_->key == key && key_->path == settings_.path) return true;
  build_.reset();
  key_.reset();
  const auto acquire = [&] {
    return keyStore().acquire(key, settings_.path, settings_.pages, cancel);
  };
  KeyStore::Outcome outcome = acquire();
  if (outcome.status == RXN_CODE_MEMORY_REFUSED && settings_.path == CodePath::jit) {
    useInterpreter(outcome.status);
    outcome = acquire();
  }
  if (outcome.status == RXN_OUT_OF_MEMORY && (next_ || memory_ || dataset_)) {
    // Light mode is better than nothing.
    next_.reset();
    dropDataset();
    outcome = acquire();
  }
  if (outcome.status == RXN_OUT_OF_MEMORY && minedBefore_) {
    if (keyAgain_ == Clock::time_point{}) tell_(errorEvent(outcome.status, kWaitsForMemory));
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

// A thread that builds a dataset hashes only now and then: then one hash must not take long.
bool Preparation::staysLight() const { return !build_ && !datasetDue_; }

bool Preparation::datasetFits() const {
  const bool automatic = settings_.mode == Settings::Mode::automatic;
  return hasRoomFor(memoryReport(), kDatasetBytes, settings_.pages,
                    automatic ? kLeftByAutoBytes : kLeftByFastBytes);
}

// False while it is being taken, or has to wait.
bool Preparation::datasetMemoryIsSettled(const std::atomic<bool>& cancel) {
  if (dataset_) return true;
  if (!memory_) {
    if (bench_.firstHashAt == 0 && Clock::now() - datasetDueSince_ < kFirstHashFirst) return false;
    if (!datasetFits()) return true;
    try {
      memory_ = std::make_unique<DatasetMemory>(settings_.pages);
    } catch (const std::system_error&) {
      dataset_ = Region::allocate(kDatasetBytes, settings_.pages, cancel);
      return dataset_ || !cancel;
    }
  }
  if (!memory_->settled()) return false;
  dataset_ = memory_->take();
  memory_.reset();
  return true;
}

void Preparation::beginDataset() {
  datasetKey_.reset();
  if (!dataset_) {
    datasetDue_ = false;
    tellDatasetRefused();
    if (!failed_) publish(hashingPlan(current_, false));
    return;
  }
  auto build = std::make_shared<DatasetBuild>(key_->cache, dataset_.data(), datasetItems_);
  const std::shared_ptr<Plan> plan = hashingPlan(current_, false);
  plan->build = build;
  build_ = std::move(build);
  datasetDue_ = false;
  publish(plan);
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

double Preparation::datasetProgress() const {
  if (build_) return build_->progress();
  return key_ && datasetKey_ == key_->key ? 1.0 : 0.0;
}

void Preparation::advance(const Wanted& wanted, const std::atomic<bool>& cancel) {
  if (failed_) return;
  if (fastModeAbandoned_) leaveFastMode();
  if (wanted.workNumber != current_.workNumber) return;
  if (datasetDue_ && datasetMemoryIsSettled(cancel)) beginDataset();
  if (build_ && build_->complete()) finishDataset();
  if (!build_ && !datasetDue_) prepareAhead(wanted.nextKey);
  if (next_ && next_->datasetComplete() && !std::exchange(nextDatasetTold_, true))
    tell_(keyReadyEvent(next_->key(), true));
}

void Preparation::finishDataset() {
  if (!datasetAgreesWithCache()) {
    abandonFastMode(RXN_SELF_TEST_FAILED);
    return;
  }
  const std::shared_ptr<Plan> plan = hashingPlan(current_, true);
  build_.reset();
  datasetSeconds_ = std::chrono::duration<double>(Clock::now() - datasetDueSince_).count();
  datasetKey_ = key_->key;
  publish(plan);
  tell_(keyReadyEvent(key_->key, true));
}

// Items computed one by one against what the bulk path wrote.
bool Preparation::datasetAgreesWithCache() const {
  constexpr int samples = 64;
  std::mt19937_64 random(static_cast<uint64_t>(Clock::now().time_since_epoch().count()));
  std::uniform_int_distribution<uint64_t> anyItem(0, datasetItems_ - 1);
  for (int i = 0; i < samples; ++i) {
    const uint64_t number = i == 0 ? 0 : i == 1 ? datasetItems_ - 1 : anyItem(random);
    uint8_t expected[64];
    key_->cache.item(number, expected);
    if (std::memcmp(expected, dataset_.data() + number * 64, 64) != 0) return false;
  }
  return true;
}

void Preparation::abandonFastMode(Status why) {
  if (fastModeAbandoned_) return;
  fastModeAbandoned_ = true;
  tell_(errorEvent(why, statusMessage(why)));
  leaveFastMode();
}

void Preparation::leaveFastMode() {
  datasetDue_ = false;
  build_.reset();
  memory_.reset();
  if (!dataset_) return;
  if (plan_ && plan_->phase == Plan::Phase::hash) publish(hashingPlan(current_, false));
  dropDataset();
}

void Preparation::useInterpreter(Status why) {
  park();
  settings_.path = CodePath::interpreter;
  dropKey();
  current_ = {};
  tell_(errorEvent(why, statusMessage(why)));
}

// A second dataset is for machines that do not miss the memory, and of the first one's kind of
// pages only: a slower one would stay for days.
std::optional<PagePolicy> Preparation::nextDatasetPages() const {
  const bool inFastMode = key_ && datasetKey_ == key_->key;
  const MemoryReport memory = memoryReport();
  if (!inFastMode || memory.availableBytes < kLeftToOthersBytes) return std::nullopt;
  switch (dataset_.pages()) {
    case PageKind::huge1g:
      if (memory.huge1gFreeBytes < 3 * kHuge1gBytes) return std::nullopt;
      return PagePolicy::huge1g;
    case PageKind::huge2m:
      if (memory.huge2mFreeBytes < kDatasetBytes + kLeftByFastBytes) return std::nullopt;
      return PagePolicy::huge2m;
    case PageKind::transparent:
    case PageKind::small:
      if (memory.availableBytes < kLeftToOthersBytes + kDatasetBytes) return std::nullopt;
      return dataset_.pages() == PageKind::small ? PagePolicy::small : PagePolicy::transparent;
    case PageKind::none:
      return std::nullopt;
  }
  return std::nullopt;
}

void Preparation::prepareAhead(const std::optional<Key>& nextKey) {
  if (!nextKey || !key_ || *nextKey == key_->key) return;
  if (next_ && next_->key() == *nextKey) return;
  if (!nextPace_.mayBegin(Clock::now())) return;
  next_.reset();
  if (memoryReport().availableBytes < kAheadBytes) return;
  NextKey::Wish wish{*nextKey, settings_.path, settings_.pages, nextDatasetPages(), datasetItems_};
  try {
    next_ = std::make_unique<NextKey>(wish, bench_.paused);
    nextDatasetTold_ = false;
  } catch (const std::exception&) {
    // Refused: made when it is needed.
  }
}

}  // namespace ibct
