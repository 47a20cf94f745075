#include "worker_pool.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

namespace ibct {
namespace {

// A refusal may last but a moment.
constexpr unsigned kTries = 4;
constexpr std::chrono::milliseconds kBetweenTries{50};

}  // namespace

WorkerPool::WorkerPool(WorkBench& bench, const std::vector<WorkerOptions>& workers,
                       std::vector<std::shared_ptr<WorkerReport>> reports)
    : bench_(bench), reports_(std::move(reports)), followed_(workers.size(), 0) {
  // Of the threads before; nobody waits until these say something.
  for (const auto& report : reports_) {
    report->refused = RXN_OK;
    report->lanes = 0;
  }
  threads_.reserve(workers.size());
  for (unsigned tries = 0; tries < kTries && threads_.size() < workers.size(); ++tries) {
    if (tries > 0) std::this_thread::sleep_for(kBetweenTries);
    start(workers);
  }
}

void WorkerPool::start(const std::vector<WorkerOptions>& workers) {
  try {
    for (size_t i = threads_.size(); i < workers.size(); ++i) {
      threads_.emplace_back([this, i, options = workers[i]] { run(i, options); });
    }
  } catch (const std::exception&) {
    // Refused: those at hand do the work.
  }
}

// Needs no memory: it may be the lack of it that ends the pool.
WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
    ++changes_;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::follow(std::shared_ptr<const Plan> plan) {
  std::unique_lock lock(mutex_);
  const uint64_t number = plan->number;
  const bool parked = !plan_ || plan_->phase == Plan::Phase::park;
  plan_ = std::move(plan);
  ++changes_;
  changed_.notify_all();
  if (parked) return;
  adopted_.wait(lock, [&] {
    const auto end = followed_.begin() + static_cast<std::ptrdiff_t>(threads_.size());
    return std::all_of(followed_.begin(), end,
                       [number](uint64_t followed) { return followed == number; });
  });
}

void WorkerPool::wake() {
  const std::lock_guard lock(mutex_);
  ++changes_;
  changed_.notify_all();
}

void WorkerPool::run(size_t index, const WorkerOptions& options) noexcept {
  Worker worker(bench_, options, *reports_[index]);
  worker.settle();
  uint64_t following = 0;
  for (;;) {
    const uint64_t seen = changes_;
    std::shared_ptr<const Plan> plan;
    {
      const std::lock_guard lock(mutex_);
      if (quit_) break;
      if (plan_ && plan_->number != following) plan = plan_;
    }
    if (plan) {
      worker.adopt(plan);
      following = plan->number;
      const std::lock_guard lock(mutex_);
      followed_[index] = following;
      adopted_.notify_all();
    }
    // Busy workers take the lock only when something changed.
    while (changes_ == seen && worker.step()) {
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return changes_ != seen; });
  }
  worker.finish();
}

}  // namespace ibct
