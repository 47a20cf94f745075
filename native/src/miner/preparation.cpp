#include "preparation.hpp"

#include <cstring>
#include <random>
#include <utility>

#include "../cpu/thread.hpp"
#include "../cpu/topology.hpp"
#include "../memory/available.hpp"
#include "make_hasher.hpp"

namespace ibct {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;
// The dataset and some air for everybody else; `auto` leaves more of it than an explicit wish for
// fast mode.
constexpr uint64_t kFastModeAutoBytes = 3000 * kMiB;
constexpr uint64_t kFastModeBytes = kDatasetBytes + 64 * kMiB;
constexpr uint64_t kAheadBytes = 1024 * kMiB;
// What must stay free beside a second dataset.
constexpr uint64_t kLeftToOthersBytes = 2048 * kMiB;

}  // namespace

void Preparation::start(const Settings& settings,
                        std::vector<std::shared_ptr<WorkerReport>> reports) {
  stop();
  settings_ = settings;
  cacheBytesPerThread_ = cacheBytesPerThread(cpuTopology(), settings.cpus);
  std::vector<WorkerOptions> workers;
  for (const uint32_t cpu : settings.cpus) {
    workers.push_back({cpu, settings.background, settings.pages});
  }
  pool_ = std::make_unique<WorkerPool>(bench_, workers, std::move(reports));
  current_ = {};
}

void Preparation::stop() {
  pool_.reset();
  plan_.reset();
}

void Preparation::wake() {
  if (pool_) pool_->wake();
}

void Preparation::publish(std::shared_ptr<Plan> plan) {
  plan->number = ++planNumber_;
  plan_ = plan;
  pool_->follow(std::move(plan));
}

std::shared_ptr<Plan> Preparation::hashingPlan(bool fast) const {
  auto plan = std::make_shared<Plan>();
  plan->phase = Plan::Phase::hash;
  plan->workNumber = current_.workNumber;
  plan->algorithm = current_.algorithm;
  plan->path = settings_.path;
  plan->key = key_;
  plan->rounding = settings_.rounding;
  plan->lanes = 1;
  if (fast || !needsKey(current_.algorithm)) {
    plan->lanes = settings_.interleave != 0
                      ? settings_.interleave
                      : defaultLanes(current_.algorithm, cacheBytesPerThread_);
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
  failed_ = true;
  park();
  tell_(errorEvent(why, statusMessage(why)));
}

void Preparation::follow(const Wanted& wanted, const std::atomic<bool>& cancel) {
  if (failed_ || wanted.workNumber == current_.workNumber) return;
  // From here on nobody hashes or builds for the old key.
  park();
  current_ = {};
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
  current_ = wanted;
  const bool datasetReady = key_ && datasetKey_ == key_->key;
  publish(hashingPlan(datasetReady));
  if (newKey) tell_(keyReadyEvent(key_->key, false));
  // The caller gets to say that light mode runs before the dataset's memory is taken, which lasts a
  // moment.
  datasetDue_ = key_ && fastModeWanted() && !datasetReady && !build_;
}

// What was made ahead takes the old dataset's place. Unfinished, it is given up: all threads
// together build faster.
Region Preparation::takeNextDataset() {
  Region made = next_->takeDataset();
  next_.reset();
  if (!made || !fastModeWanted()) return Region();
  datasetKey_ = key_->key;
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
  datasetKey_.reset();
  dataset_ = Region();
}

bool Preparation::obtainKey(const Key& key, const std::atomic<bool>& cancel) {
  if (key_ && key_->key == key && key_->path == settings_.path) return true;
  build_.reset();
  key_.reset();
  KeyStore::Outcome outcome = keyStore().acquire(key, settings_.path, settings_.pages, cancel);
  if (outcome.status == RXN_CODE_MEMORY_REFUSED && settings_.path == CodePath::jit) {
    useInterpreter(outcome.status);
    outcome = keyStore().acquire(key, settings_.path, settings_.pages, cancel);
  }
  if (outcome.status != RXN_OK) fail(outcome.status);
  key_ = std::move(outcome.key);
  return key_ != nullptr;
}

bool Preparation::fastModeWanted() const {
  return settings_.mode != Settings::Mode::light && !fastModeAbandoned_;
}

bool Preparation::datasetFits() const {
  const MemoryReport memory = memoryReport();
  const bool huge2m =
      settings_.pages == PagePolicy::automatic || settings_.pages == PagePolicy::huge2m;
  const bool huge1g =
      settings_.pages == PagePolicy::automatic || settings_.pages == PagePolicy::huge1g;
  if (huge2m && memory.huge2mFreeBytes >= kFastModeBytes) return true;
  if (huge1g && memory.huge1gFreeBytes >= kFastModeAutoBytes) return true;
  return memory.availableBytes >=
         (settings_.mode == Settings::Mode::automatic ? kFastModeAutoBytes : kFastModeBytes);
}

bool Preparation::allocateDataset() {
  if (dataset_) return true;
  const bool anyPages = settings_.pages == PagePolicy::automatic;
  if (datasetFits()) dataset_ = Region::allocate(kDatasetBytes, settings_.pages);
  if (dataset_) return true;
  if (!anyPages) {
    fail(RXN_PAGES_UNAVAILABLE);
  } else if (settings_.mode == Settings::Mode::fast) {
    tell_(errorEvent(RXN_OUT_OF_MEMORY,
                     "Fast mode needs about 2.4 GB of free memory, which this computer does not "
                     "have now: mining goes on in light mode, which is much slower."));
  }
  return false;
}

void Preparation::beginDataset() {
  buildBegan_ = Clock::now();
  datasetKey_.reset();
  if (!allocateDataset()) return;
  build_ = std::make_shared<DatasetBuild>(key_->cache, dataset_.data());
  publish(hashingPlan(false));
}

double Preparation::datasetProgress() const {
  if (build_) return build_->progress();
  return key_ && datasetKey_ == key_->key ? 1.0 : 0.0;
}

void Preparation::advance(const Wanted& wanted) {
  if (failed_ || wanted.workNumber != current_.workNumber) return;
  if (std::exchange(datasetDue_, false)) beginDataset();
  if (build_ && build_->complete()) finishDataset();
  if (!build_) prepareAhead(wanted.nextKey);
  if (next_ && next_->datasetComplete() && !std::exchange(nextDatasetTold_, true))
    tell_(keyReadyEvent(next_->key(), true));
}

void Preparation::finishDataset() {
  build_.reset();
  datasetSeconds_ = std::chrono::duration<double>(Clock::now() - buildBegan_).count();
  if (!datasetAgreesWithCache()) {
    abandonFastMode(RXN_SELF_TEST_FAILED);
    return;
  }
  datasetKey_ = key_->key;
  publish(hashingPlan(true));
  tell_(keyReadyEvent(key_->key, true));
}

// Items computed one by one against what the bulk path wrote.
bool Preparation::datasetAgreesWithCache() const {
  constexpr int samples = 64;
  std::mt19937_64 random(std::random_device{}());
  std::uniform_int_distribution<uint64_t> anyItem(0, kDatasetItems - 1);
  for (int i = 0; i < samples; ++i) {
    const uint64_t number = i == 0 ? 0 : i == 1 ? kDatasetItems - 1 : anyItem(random);
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
  build_.reset();
  if (plan_ && plan_->phase == Plan::Phase::hash) publish(hashingPlan(false));
  dropDataset();
}

void Preparation::useInterpreter(Status why) {
  settings_.path = CodePath::interpreter;
  park();
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
      if (memory.huge1gFreeBytes < kFastModeAutoBytes) return std::nullopt;
      return PagePolicy::huge1g;
    case PageKind::huge2m:
      if (memory.huge2mFreeBytes < kFastModeBytes) return std::nullopt;
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
  next_.reset();
  if (memoryReport().availableBytes < kAheadBytes) return;
  const NextKey::Wish wish{*nextKey, settings_.path, settings_.pages, nextDatasetPages()};
  next_ = std::make_unique<NextKey>(wish, bench_.paused);
  nextDatasetTold_ = false;
}

}  // namespace ibct
