// The control thread: prepares, judges, publishes.
#include <algorithm>
#include <cstring>
#include <map>
#include <new>
#include <thread>
#include <utility>

#include "../cpu/thread.hpp"
#include "../memory/available.hpp"
#include "make_hasher.hpp"
#include "miner.hpp"

namespace ibct {

namespace {

rxn_event shareEvent(const Candidate& share) {
  const Job& job = *share.job;
  rxn_event event{};
  event.type = RXN_EVENT_SHARE;
  event.job_number = job.number;
  event.algorithm = static_cast<uint32_t>(job.algorithm);
  uint8_t blob[RXN_BLOB_BYTES];
  job.writeBlob(share.counter, blob);
  std::memcpy(event.nonce, blob + job.nonceOffset, sizeof event.nonce);
  std::memcpy(event.result, share.result, sizeof event.result);
  std::memcpy(event.raw_hash, share.hash, sizeof event.raw_hash);
  return event;
}

template <size_t N>
void copyName(char (&out)[N], const char* name) {
  std::strncpy(out, name, N - 1);
}

}  // namespace

//   ┌► take orders ─► carry them out ─► publish ─┐       stop ordered: threads end, memory goes
//   │       ▲               │ memory refused     │
//   │       └─ pause, again ┘ (for a while)      │       refused for longer: threads end, failed
//   └────────────────────────────────────────────┘
//
// Nothing is thrown past here, and the threads have ended before what they read is given back.
void Miner::control() noexcept {
  nameThisThread("ibct-control");
  const Status fault = work();
  preparation_->stop();
  if (fault == RXN_OK) {
    judgeCandidates();
  } else {
    tell(errorEvent(fault, statusMessage(fault)));
    std::unique_lock lock(mutex_);
    published_.state = RXN_STATE_FAILED;
    news_.notify_all();
    wake_.wait(lock, [this] { return bench_.stopping.load(); });
  }
  selfTest_.reset();
  preparation_.reset();
  checker_.reset();
  gate_.reset();
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  news_.notify_all();
}

// Returns RXN_OK when it was asked to stop, or what made it give up.
Status Miner::work() noexcept {
  constexpr auto pause = std::chrono::milliseconds(100);
  bool refused = false;
  Clock::time_point refusedSince{};
  while (!bench_.stopping) {
    Orders orders = takeOrders();
    try {
      if (orders.settings) {
        orders.settings->path = settings_.path;
        orders.settings->pages = settings_.pages;
        settings_ = std::move(*orders.settings);
        startDue_ = true;
      }
      if (orders.wanted.workNumber != 0) carryOut(orders.wanted, orders.woken);
      publishSnapshot();
      refused = false;
    } catch (const std::bad_alloc&) {
      if (!refused) refusedSince = Clock::now();
      refused = true;
      if (Clock::now() - refusedSince > parts_.patience) return RXN_OUT_OF_MEMORY;
      std::this_thread::sleep_for(pause);
    } catch (...) {
      return statusOfException();
    }
  }
  return RXN_OK;
}

Miner::Orders Miner::takeOrders() {
  // Workers never notify (they may be preempted for long and must hold nothing others need), hence
  // the tick.
  constexpr auto tick = std::chrono::milliseconds(20);
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, tick, [this] { return woken_; });
  cancelPreparing_ = bench_.stopping.load();
  return {wanted_, std::exchange(newSettings_, std::nullopt), std::exchange(woken_, false)};
}

void Miner::carryOut(const Wanted& wanted, bool woken) {
  if (startDue_) startWorkers();
  chooseChecks(wanted.algorithm);
  preparation_->advance(wanted, cancelPreparing_);
  if (preparation_->parkedFor(wanted)) {
    // The old key's 256 MiB must not outlive it.
    judgeCandidates();
    tellUnchecked(gate_->dropUnchecked());
    checker_->forget();
  }
  preparation_->follow(wanted, cancelPreparing_);
  if (woken) preparation_->wake();
  preparation_->watchWorkers();
  watchSelfTest();
  judgeCandidates();
}

// Nothing runs and no memory is taken before the first job.
void Miner::startWorkers() {
  if (started_) settings_.path = preparation_->path();
  std::map<uint32_t, std::shared_ptr<WorkerReport>> known;
  for (size_t i = 0; i < reports_.size(); ++i) known[reportCpus_[i]] = reports_[i];
  std::vector<std::shared_ptr<WorkerReport>> reports;
  for (const uint32_t cpu : settings_.cpus) {
    std::shared_ptr<WorkerReport>& report = known[cpu];
    if (!report) report = std::make_shared<WorkerReport>();
    reports.push_back(report);
  }
  std::vector<uint32_t> cpus = settings_.cpus;
  preparation_->start(settings_, reports);
  reportCpus_ = std::move(cpus);
  started_ = true;
  startDue_ = false;
  const std::lock_guard lock(mutex_);
  reports_ = std::move(reports);
}

// Another family or path has to pass a test of its own; what was found on an abandoned path is not
// to be trusted.
void Miner::chooseChecks(Algorithm algorithm) {
  const auto family =
      needsKey(algorithm) ? SelfTest::Family::randomx : SelfTest::Family::cryptonight;
  const CodePath path = preparation_->path();
  const bool same = selfTest_ && selfTest_->fits(family, path);
  const bool again = selfTestAgain_ && Clock::now() >= *selfTestAgain_;
  if (preparation_->failed() || (same && !again)) return;
  if (!same) {
    gate_ = std::make_unique<ShareGate>(
        parts_.checker ? parts_.checker : [this](const Candidate& one) { return check(one); });
    checker_ = std::make_unique<LightHasher>(path);
  }
  selfTestAgain_.reset();
  selfTest_.reset();
  const bool beside = family == SelfTest::Family::cryptonight || hasRoomForSelfTest();
  selfTest_ = std::make_unique<SelfTest>(family, path, beside, bench_.stopping);
}

// A cache for the test beside the miner's own and its dataset. Light mode is for those who count
// their memory.
bool Miner::hasRoomForSelfTest() const {
  constexpr uint64_t bytes = kDatasetBytes + 2 * kCacheBytes + (uint64_t{1} << 30);
  return settings_.mode != Settings::Mode::light && memoryReport().availableBytes >= bytes;
}

void Miner::watchSelfTest() {
  if (!selfTest_ || preparation_->failed()) return;
  const Status status = selfTest_->status();
  switch (selfTest_->state()) {
    case SelfTest::State::running:
    case SelfTest::State::passed:
      break;
    case SelfTest::State::jitWrong:
      if (preparation_->path() == CodePath::jit) preparation_->useInterpreter(status);
      break;
    case SelfTest::State::failed:
      if (status != RXN_OUT_OF_MEMORY || !preparation_->hashes()) {
        preparation_->fail(status);
      } else if (!selfTestAgain_) {
        selfTestAgain_ = Clock::now() + std::chrono::seconds(5);
      }
      break;
  }
}

ShareGate::Check Miner::check(const Candidate& candidate) {
  const Job& job = *candidate.job;
  uint8_t blob[RXN_BLOB_BYTES];
  job.writeBlob(candidate.counter, blob);
  uint8_t hash[32];
  uint8_t result[32];
  try {
    const Status status =
        checker_->hash(job.algorithm, candidate.key, {blob, job.blobBytes}, hash, result);
    if (status != RXN_OK) return ShareGate::Check::impossible;
  } catch (const std::bad_alloc&) {
    return ShareGate::Check::impossible;
  }
  const bool same =
      std::memcmp(hash, candidate.hash, 32) == 0 && std::memcmp(result, candidate.result, 32) == 0;
  return same ? ShareGate::Check::agrees : ShareGate::Check::differs;
}

void Miner::judgeCandidates() {
  if (!gate_) return;
  const bool open = selfTest_ && selfTest_->state() == SelfTest::State::passed;
  const ShareGate::Verdict verdict =
      gate_->judge(bench_.candidates.drain(), open, Clock::now(),
                   [this](const Candidate& share) { tell(shareEvent(share)); });
  for (unsigned i = 0; i < verdict.wrongShares; ++i) {
    tell(errorEvent(RXN_WRONG_SHARE, statusMessage(RXN_WRONG_SHARE)));
  }
  tellUnchecked(verdict.uncheckedShares);
  if (verdict.fastPathWrong) preparation_->abandonFastMode(RXN_SELF_TEST_FAILED);
}

void Miner::tellUnchecked(unsigned shares) {
  for (unsigned i = 0; i < shares; ++i) {
    tell(errorEvent(RXN_SHARE_UNCHECKED, statusMessage(RXN_SHARE_UNCHECKED)));
  }
}

void Miner::tell(const rxn_event& event) {
  const std::lock_guard lock(mutex_);
  events_.push(event);
  news_.notify_all();
}

// What is hashed side by side: the least of any thread that hashes.
unsigned Miner::lanesOf(const Plan& plan) const {
  unsigned least = plan.lanes;
  for (const auto& report : reports_) {
    const unsigned lanes = report->lanes;
    if (lanes != 0) least = std::min(least, lanes);
  }
  return least;
}

void Miner::publishSnapshot() {
  rxn_snapshot snapshot{};
  uint64_t workNumber = 0;
  snapshot.state = preparation_->failed() ? RXN_STATE_FAILED : RXN_STATE_PREPARING;
  snapshot.dataset_progress = preparation_->datasetProgress();
  snapshot.dataset_seconds = preparation_->datasetSeconds();
  snapshot.dataset_pages = static_cast<uint8_t>(preparation_->datasetPages());
  if (const Plan* plan = preparation_->plan(); plan != nullptr) {
    snapshot.interleave = lanesOf(*plan);
    if (plan->phase == Plan::Phase::hash) {
      workNumber = plan->workNumber;
      snapshot.state = plan->dataset != nullptr || !plan->key ? RXN_STATE_FAST : RXN_STATE_LIGHT;
    }
    if (plan->key) {
      snapshot.cache_seconds = plan->key->fillSeconds;
      snapshot.cache_pages = static_cast<uint8_t>(plan->key->cache.pages());
      copyName(snapshot.item_path, plan->key->cache.itemPath());
      copyName(snapshot.bulk_path, plan->key->cache.bulkPath());
    }
  }
  const WorkerReport& report = *reports_.front();
  snapshot.scratchpad_pages = static_cast<uint8_t>(report.scratchpadPages.load());
  copyName(snapshot.program_path, report.programPath);
  copyName(snapshot.aes_path, report.aesPath);

  const std::lock_guard lock(mutex_);
  const int64_t firstHashAt = bench_.firstHashAt;
  if (firstHashAt != 0 && firstJobAt_) {
    const auto duration = std::chrono::nanoseconds(firstHashAt) - firstJobAt_->time_since_epoch();
    snapshot.first_hash_seconds = std::chrono::duration<double>(duration).count();
  }
  if (snapshot.state != published_.state || workNumber != publishedWorkNumber_) news_.notify_all();
  published_ = snapshot;
  publishedWorkNumber_ = workNumber;
}

}  // namespace ibct
