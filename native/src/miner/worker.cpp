#include "worker.hpp"

#include <exception>
#include <thread>

#include "../cpu/thread.hpp"
#include "../memory/available.hpp"
#include "make_hasher.hpp"

namespace ibct {
namespace {

constexpr std::chrono::milliseconds kPauseWhenRefused{50};

}  // namespace

void Worker::settle() {
  nameThisThread("ibct-hash");
  bindThisThread(options_.cpu);
  if (options_.background) lowerThisThread();
}

void Worker::adopt(std::shared_ptr<const Plan> plan) noexcept {
  finish();
  hasher_.reset();
  plan_ = std::move(plan);
  buildTime_ = lightTime_ = {};
  report_.lanes = 0;
  report_.refused = RXN_OK;
  if (plan_->phase == Plan::Phase::hash) prepareHasher();
}

// Short memory costs lanes first, then this thread. An explicit page policy never falls back.
void Worker::prepareHasher() {
  Status status = RXN_OK;
  for (unsigned lanes = plan_->lanes; lanes > 0; lanes /= 2) {
    try {
      status = makeHasherWith(lanes);
    } catch (const std::exception&) {
      status = RXN_OUT_OF_MEMORY;
    }
    if (status == RXN_OK) {
      report_.lanes = lanes;
      report_.programPath = hasher_->programPath();
      report_.aesPath = hasher_->aesPath();
      return;
    }
    if (status == RXN_PAGES_UNAVAILABLE) break;
  }
  report_.refused = status;
}

Status Worker::makeHasherWith(unsigned lanes) {
  const size_t bytes = lanes * kScratchpadBytes;
  if (scratchpads_.size() < bytes) {
    scratchpads_ = Region();
    if (hasRoomFor(memoryReport(), bytes, options_.pages, 0))
      scratchpads_ = Region::allocate(bytes, options_.pages);
    if (!scratchpads_) {
      const bool anyPages = options_.pages == PagePolicy::automatic;
      return anyPages ? RXN_OUT_OF_MEMORY : RXN_PAGES_UNAVAILABLE;
    }
    report_.scratchpadPages = scratchpads_.pages();
  }
  const uint8_t* dataset = plan_->dataset ? plan_->dataset->nearest(options_.cpu) : nullptr;
  hasher_ = makeHasher({plan_->algorithm, plan_->path, lanes, plan_->rounding, plan_->prefetch},
                       plan_->key.get(), dataset, scratchpads_.data());
  return hasher_ ? RXN_OK : RXN_CODE_MEMORY_REFUSED;
}

void Worker::lookForJob() {
  uint64_t seen = jobSeen_;
  Job newest;
  if (!bench_.slot.readIfNewer(seen, newest)) return;
  job_ = std::make_shared<const Job>(newest);
  jobSeen_ = seen;
}

bool Worker::step() noexcept {
  try {
    return work();
  } catch (const std::exception&) {
    inFlight_ = {};
    std::this_thread::sleep_for(kPauseWhenRefused);
    return true;
  }
}

void Worker::finish() noexcept {
  try {
    finishBatch();
  } catch (const std::exception&) {
    inFlight_ = {};
  }
}

bool Worker::work() {
  lookForJob();
  if (!hasher_ || bench_.paused || bench_.stopping) {
    finishBatch();
    return false;
  }
  if (plan_->build) {
    // The dataset comes first; now and then a hash in light mode, so that shares can be found
    // meanwhile.
    if (lightHashIsDue() && hashUnpipelined()) return true;
    const auto start = Clock::now();
    if (plan_->build->buildRun()) {
      buildTime_ += Clock::now() - start;
      return true;
    }
  }
  if (!hashBatch()) {
    finishBatch();
    return false;
  }
  return true;
}

// Keeps the cost to the build below 5 %, the very first hash included, which comes at once.
bool Worker::lightHashIsDue() const { return lightTime_ * 33 <= buildTime_; }

bool Worker::takeBatch(Batch& batch, Input* inputs) {
  if (!job_ || job_->workNumber != plan_->workNumber) return false;
  const unsigned lanes = hasher_->lanes();
  const uint64_t first = bench_.nonces.take(*job_, lanes);
  const uint64_t end = job_->nonceCount();
  if (first >= end) return false;
  batch.job = job_;
  batch.count = static_cast<unsigned>(std::min<uint64_t>(lanes, end - first));
  for (unsigned lane = 0; lane < lanes; ++lane) {
    // Lanes beyond the last nonce repeat it; nobody looks at their hashes.
    batch.counters[lane] = std::min(first + lane, end - 1);
    job_->writeBlob(batch.counters[lane], blobs_[lane].data());
    inputs[lane] = {blobs_[lane].data(), job_->blobBytes};
  }
  batch.audited =
      plan_->dataset != nullptr && batch.count == lanes && !plan_->auditTaken.exchange(true);
  return true;
}

bool Worker::hashBatch() {
  Batch batch;
  Input inputs[kMaxLanes];
  if (!takeBatch(batch, inputs)) return false;
  if (inFlight_.count == 0) {
    hasher_->first(inputs);
    inFlight_ = std::move(batch);
    return true;
  }
  uint8_t hashes[kMaxLanes][32];
  hasher_->next(inputs, hashes);
  deliver(inFlight_, hashes);
  inFlight_ = std::move(batch);
  return true;
}

// A batch by itself, between dataset runs.
bool Worker::hashUnpipelined() {
  const auto start = Clock::now();
  if (!hashBatch()) return false;
  finishBatch();
  lightTime_ += Clock::now() - start;
  return true;
}

void Worker::finishBatch() {
  if (inFlight_.count == 0) return;
  uint8_t hashes[kMaxLanes][32];
  hasher_->last(hashes);
  deliver(inFlight_, hashes);
  inFlight_ = {};
}

void Worker::deliver(const Batch& batch, const uint8_t (*hashes)[32]) {
  for (unsigned i = 0; i < batch.count; ++i) {
    const Job& job = *batch.job;
    Candidate candidate;
    if (job.algorithm == Algorithm::rx2) {
      uint8_t blob[RXN_BLOB_BYTES];
      job.writeBlob(batch.counters[i], blob);
      workResult(job.algorithm, {blob, job.blobBytes}, hashes[i], candidate.result);
    } else {
      std::memcpy(candidate.result, hashes[i], 32);
    }
    candidate.share = meetsTarget(candidate.result, job.target);
    candidate.audit = batch.audited;
    if (!candidate.share && !candidate.audit) continue;
    candidate.job = batch.job;
    candidate.key = plan_->key;
    candidate.counter = batch.counters[i];
    candidate.planNumber = plan_->number;
    candidate.lane = static_cast<uint8_t>(i);
    candidate.fast = plan_->dataset != nullptr;
    std::memcpy(candidate.hash, hashes[i], 32);
    bench_.candidates.push(candidate);
  }
  report_.hashes.fetch_add(batch.count, std::memory_order_relaxed);
  if (bench_.firstHashAt.load(std::memory_order_relaxed) == 0) {
    int64_t none = 0;
    bench_.firstHashAt.compare_exchange_strong(
        none, std::chrono::nanoseconds(Clock::now().time_since_epoch()).count());
  }
}

}  // namespace ibct
