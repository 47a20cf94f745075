#include "key_store.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace ibct {
namespace {

KeyStore::Outcome prepare(const Key& key, CodePath path, PagePolicy pages,
                          const std::atomic<bool>& cancel) try {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  Region memory = Region::allocate(kCacheBytes, pages);
  if (!memory) {
    return {nullptr, pages == PagePolicy::automatic ? RXN_OUT_OF_MEMORY : RXN_PAGES_UNAVAILABLE};
  }
  auto prepared =
      std::make_shared<PreparedKey>(PreparedKey{key, path, Cache(std::move(memory)), 0.0});
  if (!prepared->cache.fill(key.bytes, key.size, path, cpuFeatures(), cancel)) {
    return {nullptr, cancel ? RXN_OK : RXN_CODE_MEMORY_REFUSED};
  }
  prepared->fillSeconds = std::chrono::duration<double>(Clock::now() - start).count();
  return {std::move(prepared), RXN_OK};
} catch (const std::bad_alloc&) {
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
      entry.filling = true;
      break;
    }
    filled_.wait_for(lock, lookAgain);
    if (cancel) return {};
  }
  lock.unlock();
  Outcome outcome = prepare(key, path, pages, cancel);
  lock.lock();
  Entry& entry = entryFor(key, path, pages);
  entry.filling = false;
  entry.ready = outcome.key;
  filled_.notify_all();
  return outcome;
}

KeyStore& keyStore() {
  // Never destroyed: threads may still use it while the process ends.
  static KeyStore& store = *new KeyStore;
  return store;
}

}  // namespace ibct
