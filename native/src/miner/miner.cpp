// What callers see: orders go in, snapshots and events come out.
#include "miner.hpp"

#include <cstring>

namespace ibct {

Miner::Miner(Settings settings, MinerParts parts)
    : bench_(settings.noncesOfProcess ? &NonceSpaces::ofProcess() : nullptr),
      settings_(std::move(settings)),
      parts_(std::move(parts)),
      reportCpus_(settings_.cpus) {
  preparation_ = std::make_unique<Preparation>(
      bench_, [this](const rxn_event& event) { tell(event); }, parts_.datasetItems,
      parts_.datasetPlaces);
  for (size_t i = 0; i < settings_.cpus.size(); ++i) {
    reports_.push_back(std::make_shared<WorkerReport>());
  }
  thread_ = std::thread([this] { control(); });
}

Miner::~Miner() { thread_.join(); }

void Miner::wakeControl() {
  woken_ = true;
  wake_.notify_one();
  news_.notify_all();  // most orders change the state
}

Status Miner::configure(Settings settings) {
  if (bench_.stopping) return RXN_STOPPING;
  const std::lock_guard lock(mutex_);
  newSettings_ = std::move(settings);
  cancelPreparing_ = true;  // it goes on with the new settings
  wakeControl();
  return RXN_OK;
}

Status Miner::setJob(Job job, const Key& key, const std::optional<Key>& nextKey, uint64_t& number) {
  if (bench_.stopping) return RXN_STOPPING;
  const std::lock_guard lock(mutex_);
  const bool sameWork =
      newest_.number != 0 && newest_.algorithm == job.algorithm && wanted_.key == key;
  job.number = newest_.number + 1;
  job.workNumber = sameWork ? newest_.workNumber : newest_.workNumber + 1;
  job.nonceSpace = bench_.nonces.spaceOf(job);
  newest_ = job;
  wanted_ = {job.workNumber, job.algorithm, key, nextKey};
  bench_.slot.write(job);
  if (!sameWork) cancelPreparing_ = true;
  if (!firstJobAt_) firstJobAt_ = Clock::now();
  number = job.number;
  wakeControl();
  return RXN_OK;
}

Status Miner::pause() {
  if (bench_.stopping) return RXN_STOPPING;
  bench_.paused = true;
  const std::lock_guard lock(mutex_);
  news_.notify_all();
  return RXN_OK;
}

Status Miner::resume() {
  if (bench_.stopping) return RXN_STOPPING;
  bench_.paused = false;
  const std::lock_guard lock(mutex_);
  wakeControl();
  return RXN_OK;
}

void Miner::requestStop() {
  const std::lock_guard lock(mutex_);  // takeOrders() reads the one to set the other
  bench_.stopping = true;
  cancelPreparing_ = true;
  wakeControl();
}

uint32_t Miner::state() const {
  if (stopped_) return RXN_STATE_STOPPED;
  if (bench_.stopping) return RXN_STATE_STOPPING;
  if (published_.state == RXN_STATE_FAILED) return RXN_STATE_FAILED;
  if (bench_.paused) return RXN_STATE_PAUSED;
  if (newest_.number == 0) return RXN_STATE_IDLE;
  if (newest_.workNumber != publishedWorkNumber_) return RXN_STATE_PREPARING;
  return published_.state;
}

Status Miner::poll(uint8_t* buffer, uint32_t capacity, uint32_t& written) {
  const std::lock_guard lock(mutex_);
  const size_t threads = reports_.size();
  const size_t head = sizeof(rxn_snapshot) + threads * sizeof(uint64_t);
  written = static_cast<uint32_t>(head);
  if (capacity < head) return RXN_BUFFER_TOO_SMALL;

  rxn_snapshot snapshot = published_;
  snapshot.struct_size = sizeof(rxn_snapshot);
  snapshot.event_size = sizeof(rxn_event);
  snapshot.state = state();
  snapshot.thread_count = static_cast<uint32_t>(threads);
  snapshot.job_number = newest_.number;
  snapshot.nonce_space_exhausted = newest_.number != 0 && bench_.nonces.exhausted(newest_);
  snapshot.dropped_events = events_.dropped();
  snapshot.event_count = events_.take(buffer + head, (capacity - head) / sizeof(rxn_event));
  std::memcpy(buffer, &snapshot, sizeof snapshot);
  for (size_t i = 0; i < threads; ++i) {
    const uint64_t hashes = reports_[i]->hashes.load(std::memory_order_relaxed);
    std::memcpy(buffer + sizeof snapshot + i * sizeof hashes, &hashes, sizeof hashes);
  }
  written += static_cast<uint32_t>(snapshot.event_count * sizeof(rxn_event));
  return RXN_OK;
}

void Miner::wait(uint32_t seen, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  news_.wait_for(lock, most, [&] { return !events_.empty() || state() != seen; });
}

}  // namespace ibct
