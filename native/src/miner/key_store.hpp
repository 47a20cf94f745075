// Prepared RandomX keys, shared by everyone in the process who needs the same one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "../dataset/cache.hpp"
#include "../memory/region.hpp"
#include "job.hpp"
#include "status.hpp"

namespace ibct {

struct PreparedKey {
  Key key;
  CodePath path;
  Cache cache;
  double fillSeconds;
};

class KeyStore {
 public:
  struct Outcome {
    std::shared_ptr<const PreparedKey> key;  // null: see status; null and RXN_OK: cancelled
    Status status = RXN_OK;
  };

  // The prepared key if somebody has it, else fills a cache in the calling thread (half a second).
  Outcome acquire(const Key& key, CodePath path, PagePolicy pages, const std::atomic<bool>& cancel);

 private:
  struct Entry {
    Key key;
    CodePath path;
    PagePolicy pages;
    bool filling = false;
    std::weak_ptr<const PreparedKey> ready;
  };
  Entry& entryFor(const Key& key, CodePath path, PagePolicy pages);

  std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

// The process's one store: a miner and the single-hash calls share their caches through it.
KeyStore& keyStore();

}  // namespace ibct
