// The next epoch's cache, and its dataset where there is room for a second one, made on a thread of
// low priority so that a key change costs neither a fill nor a build.
#pragma once

#include <atomic>
#include <optional>
#include <thread>

#include "../memory/region.hpp"
#include "key_store.hpp"

namespace ibct {

class NextKey {
 public:
  struct Wish {
    Key key;
    CodePath path;
    PagePolicy pages;
    // Of which pages the dataset has to be; absent: no dataset.
    std::optional<PagePolicy> datasetPages;
  };

  // Nothing is built while `paused`, which must outlive this.
  NextKey(const Wish& wish, const std::atomic<bool>& paused);
  // Gives up what is not finished, and waits for that: some milliseconds.
  ~NextKey();

  const Key& key() const { return wish_.key; }
  bool datasetComplete() const { return datasetComplete_; }
  // The dataset when it is complete, else an empty region. Only once.
  Region takeDataset();

 private:
  void run();
  void buildDataset();

  const Wish wish_;
  const std::atomic<bool>& paused_;
  std::atomic<bool> cancel_{false};
  std::atomic<bool> datasetComplete_{false};
  KeyStore::Outcome outcome_;  // keeps the cache alive until somebody acquires it
  Region dataset_;
  std::thread thread_;
};

}  // namespace ibct
