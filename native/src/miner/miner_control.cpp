// The control thread: prepares, judges, publishes.
#include <cstring>
#include <map>
#include <utility>

#include "../cpu/thread.hpp"
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

void Miner::control() {
  nameThisThread("ibct-control");
  try {
    work();
  } catch (...) {
    const Status status = statusOfException();
    tell(errorEvent(status, statusMessage(status)));
  }
  if (!bench_.stopping) {
    std::unique_lock lock(mutex_);
    published_.state = RXN_STATE_FAILED;
    wake_.wait(lock, [this] { return bench_.stopping.load(); });
  }
  preparation_.reset();
  gate_.reset();
  stopped_ = true;
}

void Miner::work() {
  // Workers never notify (they may be preempted for long and must hold nothing others need), hence
  // the tick.
  constexpr auto tick = std::chrono::milliseconds(20);
  preparation_ =
      std::make_unique<Preparation>(bench_, [this](const rxn_event& event) { tell(event); });
  while (!bench_.stopping) {
    Wanted wanted;
    std::optional<Settings> newSettings;
    bool woken = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, tick, [this] { return woken_; });
      woken = std::exchange(woken_, false);
      cancelPreparing_ = bench_.stopping.load();
      wanted = wanted_;
      newSettings = std::exchange(newSettings_, std::nullopt);
    }
    if (newSettings) settings_ = *newSettings;
    if (wanted.workNumber != 0) {
      if (newSettings || !gate_) startWorkers();
      chooseGate(wanted.algorithm);
      preparation_->advance(wanted);
      preparation_->follow(wanted, cancelPreparing_);
      if (woken) preparation_->wake();
      watchWorkers();
      watchSelfTest();
      chooseGate(wanted.algorithm);
      judgeCandidates();
      if (std::exchange(judgedWork_, wanted.workNumber) != wanted.workNumber) gate_->forgetKey();
    }
    publishSnapshot();
  }
  preparation_->stop();
  if (gate_) judgeCandidates();
}

// Nothing runs and no memory is taken before the first job.
void Miner::startWorkers() {
  if (gate_) settings_.path = preparation_->path();
  std::map<uint32_t, std::shared_ptr<WorkerReport>> known;
  for (size_t i = 0; i < reports_.size(); ++i) known[reportCpus_[i]] = reports_[i];
  std::vector<std::shared_ptr<WorkerReport>> reports;
  for (const uint32_t cpu : settings_.cpus) {
    std::shared_ptr<WorkerReport>& report = known[cpu];
    if (!report) report = std::make_shared<WorkerReport>();
    reports.push_back(report);
  }
  {
    const std::lock_guard lock(mutex_);
    reports_ = reports;
  }
  reportCpus_ = settings_.cpus;
  preparation_->start(settings_, std::move(reports));
}

void Miner::watchWorkers() {
  for (const auto& report : reports_) {
    const Status failure = report->failure.exchange(RXN_OK);
    if (failure == RXN_OK || preparation_->failed()) continue;
    if (failure == RXN_CODE_MEMORY_REFUSED && preparation_->path() == CodePath::jit) {
      preparation_->useInterpreter(failure);
    } else {
      preparation_->fail(failure);
    }
  }
}

void Miner::watchSelfTest() {
  const SelfTest& test = gate_->selfTest();
  switch (test.state()) {
    case SelfTest::State::running:
    case SelfTest::State::passed:
      break;
    case SelfTest::State::jitWrong:
      if (preparation_->path() == CodePath::jit) preparation_->useInterpreter(test.status());
      break;
    case SelfTest::State::failed:
      if (!preparation_->failed()) preparation_->fail(test.status());
      break;
  }
}

// Another family or path has to pass a test of its own; what was found on an abandoned path is not
// to be trusted.
void Miner::chooseGate(Algorithm algorithm) {
  const auto family =
      needsKey(algorithm) ? SelfTest::Family::randomx : SelfTest::Family::cryptonight;
  if (gate_ && gate_->fits(family, preparation_->path())) return;
  gate_ = std::make_unique<ShareGate>(family, preparation_->path());
}

void Miner::judgeCandidates() {
  const ShareGate::Verdict verdict = gate_->judge(bench_.candidates.drain());
  for (const Candidate& share : verdict.shares) tell(shareEvent(share));
  for (unsigned i = 0; i < verdict.wrongShares; ++i) {
    tell(errorEvent(RXN_WRONG_SHARE, statusMessage(RXN_WRONG_SHARE)));
  }
  if (verdict.fastPathWrong) preparation_->abandonFastMode(RXN_SELF_TEST_FAILED);
}

void Miner::tell(const rxn_event& event) {
  const std::lock_guard lock(mutex_);
  events_.push(event);
}

void Miner::publishSnapshot() {
  rxn_snapshot snapshot{};
  uint64_t workNumber = 0;
  snapshot.state = preparation_->failed() ? RXN_STATE_FAILED : RXN_STATE_PREPARING;
  snapshot.dataset_progress = preparation_->datasetProgress();
  snapshot.dataset_seconds = preparation_->datasetSeconds();
  snapshot.dataset_pages = static_cast<uint8_t>(preparation_->datasetPages());
  if (const Plan* plan = preparation_->plan(); plan != nullptr) {
    snapshot.interleave = plan->lanes;
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
  published_ = snapshot;
  publishedWorkNumber_ = workNumber;
}

}  // namespace ibct
