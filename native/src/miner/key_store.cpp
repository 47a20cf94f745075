#include "key_store.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "../memory/available.hpp"

namespace ibct {
namespace {

constexpr uint64_t kLeftByCacheBytes = uint64_t{32} << 20;

Region allocateCache(PagePolicy pages, const std::atomic<bool>& cancel) {
  if (!hasRoomFor(memoryReport(), kCacheBytes, pages, kLeftByCacheBytes)) return Region();
  return Region::allocate(kCacheBytes, pages, cancel);
}

KeyStore::Outcome prepare(const Key& key, CodePath path, PagePolicy pages,
                          const std::atomic<bool>& cancel) noexcept try {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  Region memory = allocateCache(pages, cancel);
  if (!memory) {
    if (cancel) return {nullptr, RXN_OK};
    const bool anyPages = pages == PagePolicy::automatic || pages == PagePolicy::ordinary;
    return {nullptr, anyPages ? RXN_OUT_OF_MEMORY : RXN_PAGES_UNAVAILABLE};
  }
  auto prepared =
      std::make_shared<PreparedKey>(PreparedKey{key, path, Cache(std::move(memory)), 0.0});
  if (!prepared->cache.fill(key.bytes, key.size, path, cpuFeatures(), cancel)) {
    return {nullptr, cancel ? RXN_OK : RXN_CODE_MEMORY_REFUSED};
  }
  prepared->fillSeconds = std::chrono::duration<double>(Clock::now() - start).count();
  return {std::move(prepared), RXN_OK};
} catch (const std::exception&) {
  return {nullptr, RXN_OUT_OF_MEMORY};
}

}  // namespace

KeyStore::Entry& KeyStore::entryFor(const Key& key, CodePath path, PagePolicy pages) {
  for (const auto& entry : entries_) {
    if (entry->key == key && entry->path == path && entry->pages == pages) return *entry;
  }
  entries_.erase(
      std::remove_if(entries_.begin(), entries_.end(),
                     [](const auto& entry) { return !entry->filling && entry->ready.expired(); }),
      entries_.end());
  entries_.push_back(std::make_unique<Entry>(Entry{key, path, pages, false, {}}));
  return *entries_.back();
}

KeyStore::Outcome KeyStore::acquire(const Key& key, CodePath path, PagePolicy pages,
                                    const std::atomic<bool>& cancel) {
  constexpr auto lookAgain = std::chrono::milliseconds(10);
  std::unique_lock lock(mutex_);
  for (;;) {
    Entry& entry = entryFor(key, path, pages);
    if (auto ready = entry.ready.lock()) return {std::move(ready), RXN_OK};
    if (!entry.filling) {
      // From here to the end nothing throws, or those who wait would wait for ever. An entry that
      // is being filled stays where it is.
      entry.filling = true;
      lock.unlock();
      Outcome outcome = prepare(key, path, pages, cancel);
      lock.lock();
      entry.filling = false;
      entry.ready = outcome.key;
      filled_.notify_all();
      return outcome;
    }
    filled_.wait_for(lock, lookAgain);
    if (cancel) return {};
  }
}

KeyStore& keyStore() {
  // Never destroyed: threads may still use it while the process ends.
  static KeyStore& store = *new KeyStore;
  return store;
}

}  // namespace ibct
