#include "dataset_preparation.hpp"

#include <cstring>
#include <random>
#include <system_error>
#include <utility>

#include "../memory/available.hpp"

namespace ibct {
namespace {

// The dataset's memory, whose pages are zeroed on all cores, waits so long for a first hash.
constexpr std::chrono::seconds kFirstHashFirst{1};

}  // namespace

void DatasetPreparation::setWish(const DatasetWish& wish) {
  if (wish.pages != wish_.pages && state_ == State::taking) {
    taking_.reset();
    state_ = State::due;
  }
  wish_ = wish;
}

void DatasetPreparation::want(std::shared_ptr<const PreparedKey> key) {
  key_ = std::move(key);
  if (state_ == State::building) return;
  dueSince_ = Clock::now();
  if (state_ == State::idle && !madeFor(key_->key)) state_ = State::due;
}

void DatasetPreparation::forgetKey() {
  build_.reset();
  key_.reset();
  if (state_ != State::taking) state_ = State::idle;
}

void DatasetPreparation::cancel() {
  build_.reset();
  key_.reset();
  taking_.reset();
  state_ = State::idle;
}

void DatasetPreparation::drop() {
  cancel();
  madeFor_.reset();
  memory_ = Dataset();
}

Dataset DatasetPreparation::exchange(Dataset made, const Key& madeFor) {
  taking_.reset();
  state_ = State::idle;
  madeFor_ = madeFor;
  return std::exchange(memory_, std::move(made));
}

DatasetPreparation::Change DatasetPreparation::advance(bool hashed,
                                                       const std::atomic<bool>& cancel) {
  switch (state_) {
    case State::idle:
      return Change::none;
    case State::due:
      if (memory_) return begin();
      if (!hashed && Clock::now() - dueSince_ < kFirstHashFirst) return Change::none;
      return take(cancel);
    case State::taking:
      if (!taking_->settled()) return Change::none;
      memory_ = taking_->take();
      taking_.reset();
      state_ = State::due;
      return begin();
    case State::building:
      return build_->complete() ? finish() : Change::none;
  }
  return Change::none;
}

DatasetPreparation::Change DatasetPreparation::take(const std::atomic<bool>& cancel) {
  if (!hasRoomFor(memoryReport(), kDatasetBytes, wish_.pages, wish_.leftToOthersBytes))
    return begin();
  std::vector<DatasetPlace> places = wish_.places(wish_.pages);
  try {
    taking_ = std::make_unique<DatasetMemory>(places, wish_.pages);
    state_ = State::taking;
    return Change::none;
  } catch (const std::system_error&) {
    memory_ = Dataset::allocate(places, wish_.pages, cancel);
    return memory_ || !cancel ? begin() : Change::none;
  }
}

DatasetPreparation::Change DatasetPreparation::begin() {
  if (memory_) build_ = std::make_shared<DatasetBuild>(key_->cache, memory_.copies(), items_);
  madeFor_.reset();
  state_ = memory_ ? State::building : State::idle;
  return memory_ ? Change::begun : Change::refused;
}

DatasetPreparation::Change DatasetPreparation::finish() {
  state_ = State::idle;
  build_.reset();
  if (!agreesWith(key_->cache)) return Change::wrong;
  seconds_ = std::chrono::duration<double>(Clock::now() - dueSince_).count();
  madeFor_ = key_->key;
  return Change::made;
}

bool DatasetPreparation::agreesWith(const Cache& cache) const {
  constexpr int samples = 64;
  std::mt19937_64 random(static_cast<uint64_t>(Clock::now().time_since_epoch().count()));
  std::uniform_int_distribution<uint64_t> anyItem(0, items_ - 1);
  for (int i = 0; i < samples; ++i) {
    const uint64_t number = i == 0 ? 0 : i == 1 ? items_ - 1 : anyItem(random);
    uint8_t expected[64];
    cache.item(number, expected);
    for (size_t copy = 0; copy < memory_.count(); ++copy)
      if (std::memcmp(expected, memory_.copy(copy) + number * 64, 64) != 0) return false;
  }
  return true;
}

}  // namespace ibct
