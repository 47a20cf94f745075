#include <randomx_native.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <set>

#include "../cpu/topology.hpp"
#include "../cryptonight/cryptonight_hasher.hpp"
#include "../miner/make_hasher.hpp"
#include "../miner/miner.hpp"
#include "guard.hpp"
#include "handles.hpp"
#include "structs.hpp"

using namespace ibct;

namespace {

constexpr size_t kOptionsBytesAtFirst = 32;
constexpr size_t kJobBytesAtFirst = 680;

HandleTable<Miner>& miners() {
  static auto& table = *new HandleTable<Miner>('M');  // never ends: threads may be running then
  return table;
}

// Calls `order` with the miner, unless that is gone.
template <typename Order>
rxn_status withMiner(rxn_miner handle, Order order) {
  return guarded([&]() -> rxn_status {
    const std::shared_ptr<Miner> miner = miners().find(handle);
    return miner != nullptr ? order(*miner) : RXN_STALE_HANDLE;
  });
}

bool areUsableCpus(const std::vector<uint32_t>& wanted) {
  std::set<uint32_t> usable;
  for (const LogicalCpu& cpu : cpuTopology()) {
    if (cpu.allowed) usable.insert(cpu.id);
  }
  // Each at most once: what was taken is gone.
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](uint32_t cpu) { return usable.erase(cpu) == 1; });
}

bool readSettings(const rxn_options* in, const uint32_t* cpus, Settings& settings) {
  rxn_options options;
  if (in == nullptr || cpus == nullptr) return false;
  if (!readStruct(*in, kOptionsBytesAtFirst, options)) return false;
  if (options.mode > RXN_MODE_FAST || options.pages > RXN_PAGES_4K ||
      options.interleave > RXN_MAX_INTERLEAVE || options.path > RXN_PATH_INTERPRETER ||
      options.priority > RXN_PRIORITY_NORMAL || options.rounding > RXN_ROUNDING_EMBEDDED ||
      options.thread_count < 1 || options.thread_count > RXN_MAX_THREADS ||
      options.nonces > RXN_NONCES_OF_PROCESS || options.prefetch > RXN_PREFETCH_NONE) {
    return false;
  }
  settings.mode = static_cast<Settings::Mode>(options.mode);
  settings.pages = static_cast<PagePolicy>(options.pages);
  settings.interleave = options.interleave;
  settings.path = static_cast<CodePath>(options.path);
  settings.background = options.priority == RXN_PRIORITY_BACKGROUND;
  settings.rounding = static_cast<RoundingChoice>(options.rounding);
  settings.prefetch = static_cast<PrefetchChoice>(options.prefetch);
  settings.noncesOfProcess = options.nonces == RXN_NONCES_OF_PROCESS;
  settings.cpus.assign(cpus, cpus + options.thread_count);
  return areUsableCpus(settings.cpus);
}

bool readJob(const rxn_job& in, Job& job) {
  const bool valid = in.reserved == 0 && in.blob_bytes <= RXN_BLOB_BYTES &&
                     in.nonce_offset <= RXN_BLOB_BYTES && in.nonce_offset + 4 <= in.blob_bytes &&
                     in.reserved_nonce_bytes <= 3 && in.key_bytes <= RXN_KEY_BYTES &&
                     in.next_key_bytes <= RXN_KEY_BYTES;
  const bool tooShort =
      in.algorithm == RXN_ALGORITHM_CN_1 && in.blob_bytes < kCryptonightLeastInputBytes;
  if (!valid || tooShort) return false;
  job.target = in.target;
  job.algorithm = static_cast<Algorithm>(in.algorithm);
  job.nonceOffset = static_cast<uint16_t>(in.nonce_offset);
  job.reservedNonceBytes = static_cast<uint8_t>(in.reserved_nonce_bytes);
  job.blobBytes = static_cast<uint16_t>(in.blob_bytes);
  std::memcpy(job.blob, in.blob, in.blob_bytes);
  return true;
}

Key readKey(const uint8_t* bytes, uint32_t size) {
  Key key;
  key.size = size;
  std::memcpy(key.bytes, bytes, size);
  return key;
}

}  // namespace

rxn_status rxn_miner_create(const rxn_options* options, const uint32_t* cpus, rxn_miner* out) {
  if (out == nullptr) return RXN_INVALID_ARGUMENT;
  return guarded([&] {
    Settings settings;
    if (!readSettings(options, cpus, settings)) return RXN_INVALID_ARGUMENT;
    *out = miners().add(std::make_shared<Miner>(std::move(settings)));
    return RXN_OK;
  });
}

rxn_status rxn_miner_configure(rxn_miner handle, const rxn_options* options, const uint32_t* cpus) {
  return withMiner(handle, [&](Miner& miner) {
    Settings settings;
    if (!readSettings(options, cpus, settings)) return Status{RXN_INVALID_ARGUMENT};
    return miner.configure(std::move(settings));
  });
}

rxn_status rxn_miner_set_job(rxn_miner handle, const rxn_job* in, uint64_t* job_number) {
  if (in == nullptr || job_number == nullptr) return RXN_INVALID_ARGUMENT;
  return withMiner(handle, [&](Miner& miner) -> Status {
    rxn_job job;
    Job parsed;
    if (!readStruct(*in, kJobBytesAtFirst, job)) return RXN_INVALID_ARGUMENT;
    if (job.algorithm > RXN_ALGORITHM_CN_1) return RXN_UNSUPPORTED_ALGORITHM;
    if (!readJob(job, parsed)) return RXN_INVALID_ARGUMENT;
    Key key;
    std::optional<Key> nextKey;
    if (needsKey(parsed.algorithm)) {
      key = readKey(job.key, job.key_bytes);
      if (job.next_key_bytes != 0) nextKey = readKey(job.next_key, job.next_key_bytes);
    }
    return miner.setJob(parsed, key, nextKey, *job_number);
  });
}

rxn_status rxn_miner_pause(rxn_miner handle) {
  return withMiner(handle, [](Miner& miner) { return miner.pause(); });
}

rxn_status rxn_miner_resume(rxn_miner handle) {
  return withMiner(handle, [](Miner& miner) { return miner.resume(); });
}

rxn_status rxn_miner_request_stop(rxn_miner handle) {
  return withMiner(handle, [](Miner& miner) {
    miner.requestStop();
    return Status{RXN_OK};
  });
}

rxn_status rxn_miner_destroy(rxn_miner handle) {
  return withMiner(handle, [&](Miner& miner) -> Status {
    if (!miner.stopped()) return RXN_NOT_STOPPED;
    return miners().take(handle) != nullptr ? RXN_OK : RXN_STALE_HANDLE;
  });
}

rxn_status rxn_miner_poll(rxn_miner handle, void* buffer, uint32_t capacity, uint32_t* written) {
  if (buffer == nullptr || written == nullptr) return RXN_INVALID_ARGUMENT;
  return withMiner(handle, [&](Miner& miner) {
    return miner.poll(static_cast<uint8_t*>(buffer), capacity, *written);
  });
}

rxn_status rxn_miner_wait(rxn_miner handle, uint32_t state, uint32_t timeout_ms) {
  return withMiner(handle, [&](Miner& miner) {
    miner.wait(state, std::chrono::milliseconds(timeout_ms));
    return Status{RXN_OK};
  });
}
