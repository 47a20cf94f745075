// The memory of a dataset, taken on a thread of its own: that lasts for seconds, in which the
// control thread has jobs to pass on and shares to judge.
#pragma once

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "dataset.hpp"

namespace ibct {

class DatasetMemory {
 public:
  // Throws std::system_error when the system refuses the thread.
  DatasetMemory(std::vector<DatasetPlace> places, PagePolicy pages);
  // Gives up what is not taken yet, and waits for that: as long as a few MiB take.
  ~DatasetMemory();

  bool settled() const { return settled_; }
  // Once settled: the memory, or nothing where it was not to be had. Only once.
  Dataset take() { return std::move(dataset_); }

 private:
  void run() noexcept;

  const std::vector<DatasetPlace> places_;
  const PagePolicy pages_;
  std::atomic<bool> cancel_{false};
  std::atomic<bool> settled_{false};
  Dataset dataset_;
  std::thread thread_;
};

}  // namespace ibct
