// The dataset of the current key: its memory, its items, and that they are right.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "dataset.hpp"
#include "dataset_build.hpp"
#include "dataset_memory.hpp"
#include "key_store.hpp"

namespace ibct {

// How a dataset's memory may be taken.
struct DatasetWish {
  PagePolicy pages = PagePolicy::automatic;
  uint64_t leftToOthersBytes = 0;
  DatasetPlaces places;
};

//           wanted        first hash, or a second       memory there         all items made
//   idle ───────────► due ───────────────────────► taking ─────────► building ─────────────► idle
//                      │ no room                     │ refused          │ wrong items        made
//                      └──────────────► idle ◄───────┴──────────────────┘
//
// Memory that is there already makes `due` lead to `building`. Used by the control thread only: the
// hashing threads read dataset() and work on build(), and must have left both before they go.
class DatasetPreparation {
 public:
  enum class Change : uint8_t { none, refused, begun, made, wrong };

  // Tests build only the first of the items.
  explicit DatasetPreparation(uint32_t items) : items_(items) {}

  void setWish(const DatasetWish& wish);
  // The dataset of this key is wanted from now on, unless it is there or in the making.
  void want(std::shared_ptr<const PreparedKey> key);
  // Before another key's cache takes the place of the one that is read. What memory there is stays.
  void forgetKey();
  // Makes none any more; what the threads may read stays.
  void cancel();
  // Gives back all there is.
  void drop();
  // Takes over what was made ahead for the key wanted next, and hands out what was there before.
  Dataset exchange(Dataset made, const Key& madeFor);

  // One step on. `hashed`: whether there was a first hash. Where the system refuses a thread,
  // blocks while the memory is taken, unless `cancel` becomes true.
  Change advance(bool hashed, const std::atomic<bool>& cancel);

  bool idle() const { return state_ == State::idle; }
  bool madeFor(const Key& key) const { return madeFor_ == key; }
  // Samples, computed one by one, against what the bulk path wrote.
  // All copies are alike.
  bool agreesWith(const Cache& cache) const;
  const std::shared_ptr<DatasetBuild>& build() const { return build_; }
  // What the threads read stays in its place until exchange() or drop().
  const Dataset& dataset() const { return memory_; }
  bool holdsMemory() const { return memory_ || taking_; }
  double progress() const { return build_ ? build_->progress() : 0.0; }
  double seconds() const { return seconds_; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class State : uint8_t { idle, due, taking, building };

  Change take(const std::atomic<bool>& cancel);
  Change begin();
  Change finish();

  const uint32_t items_;
  DatasetWish wish_;
  State state_ = State::idle;
  Clock::time_point dueSince_;
  double seconds_ = 0;
  std::shared_ptr<const PreparedKey> key_;  // null when idle and not made
  Dataset memory_;
  std::optional<Key> madeFor_;             // whose items the memory holds, all of them
  std::unique_ptr<DatasetMemory> taking_;  // while there is no memory_
  std::shared_ptr<DatasetBuild> build_;
};

}  // namespace ibct
