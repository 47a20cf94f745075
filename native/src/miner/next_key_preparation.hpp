// What is made ahead: the next key's cache, and its dataset where a second one is not missed.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "../memory/available.hpp"
#include "next_key.hpp"

namespace ibct {

// Of which pages a second dataset has to be: of the first one's kind, since a slower one would stay
// for days. Absent: others would miss the memory.
std::optional<PagePolicy> pagesOfSecondDataset(PageKind first, const MemoryReport& memory);

//             named by a job, at most one a minute
//   nothing ──────────────────────────────────────► making ──► made ──take()──► nothing
//      ▲                                              │         │
//      └───── another is named, memory is short ──────┴─────────┘
//
// Used by the control thread only.
class NextKeyPreparation {
 public:
  // Nothing is built while `paused`, which must outlive this.
  explicit NextKeyPreparation(const std::atomic<bool>& paused) : paused_(paused) {}

  // Begins with the wished key, unless it is the one that is made already. Whether a dataset is
  // made too is decided here, by the current one (null: the threads have none): in as many copies,
  // or not at all.
  void prepare(const NextKey::Wish& wish, const Dataset* current, const DatasetPlaces& places);
  // The key whose dataset was completed since this was asked last.
  const Key* newlyMade();
  // The dataset of this key where it is complete. What was made for it otherwise is given up: all
  // threads together build faster.
  Dataset take(const Key& key);
  void drop() { next_.reset(); }
  bool holdsMemory() const { return next_ != nullptr; }

 private:
  const std::atomic<bool>& paused_;
  NextKeyPace pace_;
  std::unique_ptr<NextKey> next_;
  bool told_ = false;
};

}  // namespace ibct
