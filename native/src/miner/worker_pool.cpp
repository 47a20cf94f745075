#include "worker_pool.hpp"

#include <algorithm>

namespace ibct {

WorkerPool::WorkerPool(WorkBench& bench, const std::vector<WorkerOptions>& workers,
                       std::vector<std::shared_ptr<WorkerReport>> reports)
    : bench_(bench), reports_(std::move(reports)), followed_(workers.size(), 0) {
  threads_.reserve(workers.size());
  try {
    for (size_t i = 0; i < workers.size(); ++i) {
      threads_.emplace_back([this, i, options = workers[i]] { run(i, options); });
    }
  } catch (...) {
    followed_.resize(threads_.size());
    auto quit = std::make_shared<Plan>();
    quit->phase = Plan::Phase::quit;
    quit->number = UINT64_MAX;
    follow(quit);
    for (std::thread& thread : threads_) thread.join();
    throw;
  }
}

WorkerPool::~WorkerPool() {
  auto quit = std::make_shared<Plan>();
  quit->phase = Plan::Phase::quit;
  quit->number = UINT64_MAX;
  follow(quit);
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::follow(std::shared_ptr<const Plan> plan) {
  std::unique_lock lock(mutex_);
  const uint64_t number = plan->number;
  plan_ = std::move(plan);
  ++changes_;
  changed_.notify_all();
  adopted_.wait(lock, [&] {
    return std::all_of(followed_.begin(), followed_.end(),
                       [number](uint64_t followed) { return followed == number; });
  });
}

void WorkerPool::wake() {
  const std::lock_guard lock(mutex_);
  ++changes_;
  changed_.notify_all();
}

void WorkerPool::run(size_t index, const WorkerOptions& options) {
  Worker worker(bench_, options, *reports_[index]);
  worker.settle();
  uint64_t following = 0;
  for (;;) {
    const uint64_t seen = changes_;
    std::shared_ptr<const Plan> plan;
    {
      const std::lock_guard lock(mutex_);
      if (plan_ && plan_->number != following) plan = plan_;
    }
    if (plan) {
      worker.adopt(plan);
      following = plan->number;
      const bool quit = plan->phase == Plan::Phase::quit;
      const std::lock_guard lock(mutex_);
      followed_[index] = following;
      adopted_.notify_all();
      if (quit) return;
    }
    // Busy workers take the lock only when something changed.
    while (changes_ == seen && worker.step()) {
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return changes_ != seen; });
  }
}

}  // namespace ibct
