#include <randomx_native.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>

#include "../cpu/thread.hpp"
#include "../cryptonight/cryptonight_hasher.hpp"
#include "../memory/available.hpp"
#include "../miner/dataset_build.hpp"
#include "../miner/key_store.hpp"
#include "../miner/light_hasher.hpp"
#include "../miner/make_hasher.hpp"
#include "guard.hpp"
#include "handles.hpp"

using namespace ibct;

namespace {

struct OpenCache {
  OpenCache(std::shared_ptr<const PreparedKey> prepared, CodePath path)
      : key(std::move(prepared)), hasher(path) {}

  std::shared_ptr<const PreparedKey> key;
  Region dataset;     // mode fast only
  std::mutex inTurn;  // whoever hashes
  LightHasher hasher;
};

HandleTable<OpenCache>& caches() {
  static auto& table = *new HandleTable<OpenCache>('C');  // never ends: calls may be in flight then
  return table;
}

// Returns when the dataset is complete; all CPUs take part.
rxn_status buildDataset(OpenCache& cache) {
  if (!hasRoomFor(memoryReport(), kDatasetBytes, PagePolicy::automatic, 0))
    return RXN_OUT_OF_MEMORY;
  cache.dataset = Region::allocate(kDatasetBytes, PagePolicy::automatic);
  if (!cache.dataset) return RXN_OUT_OF_MEMORY;
  DatasetBuild build(cache.key->cache, {cache.dataset.data()});
  runWithHelpers(std::max(1u, std::thread::hardware_concurrency()) - 1, [&build] {
    while (build.buildRun()) {
    }
  });
  return RXN_OK;
}

}  // namespace

rxn_status rxn_cache_open(const uint8_t* key, uint32_t key_bytes, uint32_t path, uint32_t mode,
                          rxn_cache* out) {
  if (out == nullptr || (key == nullptr && key_bytes != 0) || key_bytes > RXN_KEY_BYTES ||
      path > RXN_PATH_INTERPRETER || mode > RXN_MODE_KEYLESS) {
    return RXN_INVALID_ARGUMENT;
  }
  return guarded([&]() -> rxn_status {
    Key wanted;
    wanted.size = key_bytes;
    if (key_bytes != 0) std::memcpy(wanted.bytes, key, key_bytes);
    const CodePath codePath = path == RXN_PATH_JIT ? CodePath::jit : CodePath::interpreter;
    if (mode == RXN_MODE_KEYLESS) {
      *out = caches().add(std::make_shared<OpenCache>(nullptr, codePath));
      return RXN_OK;
    }
    const std::atomic<bool> never{false};
    KeyStore::Outcome prepared = keyStore().acquire(wanted, codePath, PagePolicy::automatic, never);
    if (!prepared.key) return prepared.status;
    auto cache = std::make_shared<OpenCache>(std::move(prepared.key), codePath);
    if (mode == RXN_MODE_FAST) {
      const rxn_status status = buildDataset(*cache);
      if (status != RXN_OK) return status;
    }
    *out = caches().add(std::move(cache));
    return RXN_OK;
  });
}

rxn_status rxn_cache_hash(rxn_cache handle, uint32_t algorithm, const uint8_t* input,
                          uint32_t input_bytes, uint8_t out[64]) {
  if (out == nullptr || (input == nullptr && input_bytes != 0) || input_bytes > RXN_INPUT_BYTES) {
    return RXN_INVALID_ARGUMENT;
  }
  if (algorithm > RXN_ALGORITHM_CN_1) return RXN_UNSUPPORTED_ALGORITHM;
  const auto which = static_cast<Algorithm>(algorithm);
  if (which == Algorithm::cn1 && input_bytes < kCryptonightLeastInputBytes) {
    return RXN_INVALID_ARGUMENT;
  }
  return guarded([&]() -> rxn_status {
    const std::shared_ptr<OpenCache> cache = caches().find(handle);
    if (cache == nullptr) return RXN_STALE_HANDLE;
    if (needsKey(which) && cache->key == nullptr) return RXN_INVALID_ARGUMENT;
    const std::lock_guard inTurn(cache->inTurn);
    uint8_t result[32];
    const Input bytes{input, input_bytes};
    const rxn_status status =
        cache->dataset && needsKey(which)
            ? cache->hasher.hashFast(which, *cache->key, cache->dataset.data(), bytes, out, result)
            : cache->hasher.hash(which, needsKey(which) ? cache->key : nullptr, bytes, out, result);
    if (status != RXN_OK) return status;
    if (which == Algorithm::rx2) {
      std::memcpy(out + 32, result, 32);
    } else {
      std::memset(out + 32, 0, 32);
    }
    return status;
  });
}

rxn_status rxn_cache_close(rxn_cache handle) {
  return guarded([&] { return caches().take(handle) ? RXN_OK : RXN_STALE_HANDLE; });
}
