// Prepared keys are shared, and nobody waits for ever.
#include "miner/key_store.hpp"

#include <chrono>
#include <cstring>
#include <thread>

#include "support/test.hpp"

namespace {

using namespace ibct;
using namespace std::chrono_literals;

Key keyOf(const char* text) {
  Key key;
  key.size = static_cast<uint32_t>(std::strlen(text));
  std::memcpy(key.bytes, text, key.size);
  return key;
}

KeyStore::Outcome acquire(KeyStore& store, const char* key, const std::atomic<bool>& cancel,
                          PagePolicy pages = PagePolicy::ordinary) {
  return store.acquire(keyOf(key), CodePath::jit, pages, cancel);
}

TEST("those who ask for a key at the same time share one cache") {
  KeyStore store;
  KeyStore::Outcome first;
  KeyStore::Outcome second;
  std::thread other([&] { first = acquire(store, "a", kNeverCancelled); });
  second = acquire(store, "a", kNeverCancelled);
  other.join();
  CHECK(first.key != nullptr);
  CHECK(first.key == second.key);
}

TEST("the last one to let go frees it") {
  KeyStore store;
  std::weak_ptr<const PreparedKey> seen = acquire(store, "a", kNeverCancelled).key;
  CHECK(seen.expired());
}

TEST("who cancels gets nothing and no error") {
  KeyStore store;
  const std::atomic<bool> cancelled{true};
  const KeyStore::Outcome outcome = acquire(store, "a", cancelled);
  CHECK(outcome.key == nullptr);
  CHECK_EQUAL(outcome.status, RXN_OK);
}

TEST("when the one who fills cancels, one who waits fills it himself") {
  KeyStore store;
  std::atomic<bool> cancel{false};
  std::thread first([&] { acquire(store, "a", cancel); });
  std::this_thread::sleep_for(20ms);
  std::thread canceller([&] {
    std::this_thread::sleep_for(20ms);
    cancel = true;
  });
  CHECK(acquire(store, "a", kNeverCancelled).key != nullptr);
  first.join();
  canceller.join();
}

TEST("who waits for another's fill can cancel") {
  KeyStore store;
  std::atomic<bool> cancel{false};
  std::thread first([&] { acquire(store, "a", kNeverCancelled); });
  std::thread canceller([&] {
    std::this_thread::sleep_for(20ms);
    cancel = true;
  });
  acquire(store, "a", cancel);
  first.join();
  canceller.join();
}

}  // namespace
