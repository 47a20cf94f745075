// The next epoch's cache, and its dataset where there is room for a second one, made on a thread of
// low priority so that a key change costs neither a fill nor a build.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "dataset.hpp"
#include "key_store.hpp"

namespace ibct {

// At most one next key a minute is begun, or looked into: a pool that names another with each job
// would keep a core busy for nothing.
class NextKeyPace {
 public:
  using Clock = std::chrono::steady_clock;

  // True when one may be begun now, which counts as begun.
  bool mayBegin(Clock::time_point now) {
    if (now < next_) return false;
    next_ = now + std::chrono::minutes(1);
    return true;
  }

 private:
  Clock::time_point next_{};
};

class NextKey {
 public:
  struct Wish {
    Key key;
    CodePath path;
    PagePolicy pages;
    // Of which pages the dataset has to be, and where its copies, all of them; no place: no
    // dataset.
    PagePolicy datasetPages = PagePolicy::automatic;
    std::vector<DatasetPlace> datasetPlaces;
    uint32_t datasetItems = kDatasetItems;
  };

  // Nothing is built while `paused`, which must outlive this. Throws std::system_error when the
  // system refuses the thread.
  NextKey(const Wish& wish, const std::atomic<bool>& paused);
  // Gives up what is not finished, and waits for that: as long as one run of items or a few MiB of
  // memory take.
  ~NextKey();

  const Key& key() const { return wish_.key; }
  bool datasetComplete() const { return datasetComplete_; }
  // The dataset when it is complete, else nothing. Only once.
  Dataset takeDataset();

 private:
  void run() noexcept;
  void buildDataset();

  const Wish wish_;
  const std::atomic<bool>& paused_;
  std::atomic<bool> cancel_{false};
  std::atomic<bool> datasetComplete_{false};
  KeyStore::Outcome outcome_;  // keeps the cache alive until somebody acquires it
  Dataset dataset_;
  std::thread thread_;
};

}  // namespace ibct
