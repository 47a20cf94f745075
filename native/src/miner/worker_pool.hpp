// The hashing threads of a miner, and how they learn of a new plan.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "plan.hpp"
#include "worker.hpp"

namespace ibct {

// Used by the control thread only, but for reports().
class WorkerPool {
 public:
  // Starts one parked thread for each entry, or as many as the system grants.
  WorkerPool(WorkBench& bench, const std::vector<WorkerOptions>& workers,
             std::vector<std::shared_ptr<WorkerReport>> reports);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // How many threads there are: the first of the entries.
  size_t size() const { return threads_.size(); }
  // Returns when nobody touches what only the plan before named: after a plan that hashes, when
  // every worker follows this one, which takes at most as long as the hashes in flight. Parked
  // workers are not waited for, whose memory may take long where the system is short of it, or
  // busy.
  void follow(std::shared_ptr<const Plan> plan);
  // Wakes workers that found nothing to do.
  void wake();

 private:
  void start(const std::vector<WorkerOptions>& workers);
  void run(size_t index, const WorkerOptions& options) noexcept;

  WorkBench& bench_;
  std::vector<std::shared_ptr<WorkerReport>> reports_;
  std::mutex mutex_;
  std::condition_variable changed_;  // for workers
  std::condition_variable adopted_;  // for the control thread
  std::shared_ptr<const Plan> plan_;
  std::atomic<uint64_t> changes_{0};  // plans, wake-ups and the end
  bool quit_ = false;
  std::vector<uint64_t> followed_;  // plan number by worker
  std::vector<std::thread> threads_;
};

}  // namespace ibct
