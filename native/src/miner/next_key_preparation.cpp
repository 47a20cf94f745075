#include "next_key_preparation.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "../dataset/cache.hpp"
#include "../memory/mapping.hpp"

namespace ibct {
namespace {

constexpr uint64_t kCacheNeedsBytes = 1024 * kMiB;
// What must stay free beside a second dataset.
constexpr uint64_t kLeftBySecondBytes = 2048 * kMiB;
constexpr uint64_t kReservedPagesLeftBytes = 64 * kMiB;

}  // namespace

std::optional<PagePolicy> pagesOfSecondDataset(PageKind first, const MemoryReport& memory) {
  if (memory.availableBytes < kLeftBySecondBytes) return std::nullopt;
  const bool roomBesideOthers = memory.availableBytes >= kLeftBySecondBytes + kDatasetBytes;
  switch (first) {
    case PageKind::huge1g:
      if (memory.huge1gFreeBytes < 3 * kHuge1gBytes) return std::nullopt;
      return PagePolicy::huge1g;
    case PageKind::huge2m:
      if (memory.hugePagesReserved
              ? memory.huge2mFreeBytes < kDatasetBytes + kReservedPagesLeftBytes
              : !roomBesideOthers)
        return std::nullopt;
      return PagePolicy::huge2m;
    case PageKind::transparent:
    case PageKind::small:
      if (!roomBesideOthers) return std::nullopt;
      return first == PageKind::small ? PagePolicy::small : PagePolicy::transparent;
    case PageKind::none:
      return std::nullopt;
  }
  return std::nullopt;
}

void NextKeyPreparation::prepare(const NextKey::Wish& wish, const Dataset* current,
                                 const DatasetPlaces& places) {
  if (next_ && next_->key() == wish.key) return;
  if (!pace_.mayBegin(std::chrono::steady_clock::now())) return;
  next_.reset();
  const MemoryReport memory = memoryReport();
  if (memory.availableBytes < kCacheNeedsBytes) return;
  NextKey::Wish all = wish;
  const auto pages =
      current != nullptr ? pagesOfSecondDataset(current->pages(), memory) : std::nullopt;
  if (pages) {
    all.datasetPages = *pages;
    all.datasetPlaces = places(*pages);
    if (all.datasetPlaces.size() < current->count()) all.datasetPlaces.clear();
  }
  try {
    next_ = std::make_unique<NextKey>(all, paused_);
    told_ = false;
  } catch (const std::exception&) {
    // Refused: made when it is needed.
  }
}

const Key* NextKeyPreparation::newlyMade() {
  const bool isNew = next_ && next_->datasetComplete() && !std::exchange(told_, true);
  return isNew ? &next_->key() : nullptr;
}

Dataset NextKeyPreparation::take(const Key& key) {
  if (!next_ || !(next_->key() == key)) return Dataset();
  Dataset made = next_->takeDataset();
  next_.reset();
  return made;
}

}  // namespace ibct
