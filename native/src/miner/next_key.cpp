#include "next_key.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "../cpu/thread.hpp"
#include "dataset_build.hpp"

namespace ibct {
namespace {

constexpr std::chrono::milliseconds kPausedTurn{50};

}  // namespace

NextKey::NextKey(const Wish& wish, const std::atomic<bool>& paused)
    : wish_(wish), paused_(paused), thread_([this] { run(); }) {}

NextKey::~NextKey() {
  cancel_ = true;
  thread_.join();
}

void NextKey::run() noexcept {
  nameThisThread("ibct-next-key");
  lowerThisThread();
  try {
    outcome_ = keyStore().acquire(wish_.key, wish_.path, wish_.pages, cancel_);
    if (outcome_.key && !wish_.datasetPlaces.empty()) buildDataset();
  } catch (const std::exception&) {
    // Then it is made when it is needed.
  }
}

void NextKey::buildDataset() {
  dataset_ = Dataset::allocate(wish_.datasetPlaces, wish_.datasetPages, cancel_);
  if (dataset_.count() < wish_.datasetPlaces.size()) {
    dataset_ = Dataset();
    return;
  }
  DatasetBuild build(outcome_.key->cache, dataset_.copies(), wish_.datasetItems);
  while (!cancel_) {
    if (paused_)
      std::this_thread::sleep_for(kPausedTurn);
    else if (!build.buildRun())
      break;
  }
  datasetComplete_ = build.complete();
}

Dataset NextKey::takeDataset() {
  return datasetComplete_.exchange(false) ? std::move(dataset_) : Dataset();
}

}  // namespace ibct
