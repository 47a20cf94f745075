// A miner with one thread through the C ABI, as a program would use it.
#pragma once

#include <randomx_native.h>

#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "hex.hpp"
#include "test.hpp"

namespace test {

using Clock = std::chrono::steady_clock;

constexpr uint64_t kEveryHash = UINT64_MAX;

struct Polled {
  rxn_snapshot snapshot;
  std::vector<uint64_t> hashes;
  std::vector<rxn_event> events;
};

inline Polled readPolled(const uint8_t* buffer) {
  Polled polled;
  std::memcpy(&polled.snapshot, buffer, sizeof polled.snapshot);
  polled.hashes.resize(polled.snapshot.thread_count);
  polled.events.resize(polled.snapshot.event_count);
  const uint8_t* at = buffer + sizeof polled.snapshot;
  std::memcpy(polled.hashes.data(), at, polled.hashes.size() * 8);
  at += polled.hashes.size() * 8;
  for (rxn_event& event : polled.events) {
    std::memcpy(&event, at, sizeof event);
    at += sizeof event;
  }
  return polled;
}

inline bool hasEvent(const Polled& polled, uint32_t type) {
  for (const rxn_event& event : polled.events)
    if (event.type == type) return true;
  return false;
}

class TestMiner {
 public:
  explicit TestMiner(uint32_t mode = RXN_MODE_LIGHT) {
    rxn_options options = optionsOf(mode);
    options.priority = RXN_PRIORITY_NORMAL;
    const uint32_t cpu = firstAllowedCpu();
    CHECK_EQUAL(rxn_miner_create(&options, &cpu, &miner_), RXN_OK);
  }

  ~TestMiner() {
    CHECK_EQUAL(rxn_miner_destroy(miner_), RXN_NOT_STOPPED);
    CHECK_EQUAL(rxn_miner_request_stop(miner_), RXN_OK);
    until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_STOPPED; });
    uint64_t number = 0;
    const rxn_job job = jobOf(1, "late");
    CHECK_EQUAL(rxn_miner_set_job(miner_, &job, &number), RXN_STOPPING);
    CHECK_EQUAL(rxn_miner_destroy(miner_), RXN_OK);
    CHECK_EQUAL(rxn_miner_destroy(miner_), RXN_STALE_HANDLE);
  }

  static uint32_t firstAllowedCpu() {
    rxn_cpu_report report{};
    report.struct_size = sizeof report;
    report.cpu_struct_size = sizeof(rxn_logical_cpu);
    std::vector<rxn_logical_cpu> cpus(RXN_MAX_THREADS);
    rxn_get_cpu_report(&report, cpus.data(), RXN_MAX_THREADS);
    for (const rxn_logical_cpu& cpu : cpus) {
      if (cpu.allowed) return cpu.id;
    }
    return 0;
  }

  // One thread.
  static rxn_options optionsOf(uint32_t mode) {
    rxn_options options{};
    options.struct_size = sizeof options;
    options.mode = mode;
    options.thread_count = 1;
    return options;
  }

  static rxn_job jobOf(uint8_t content, const std::string& key, uint64_t target = kEveryHash) {
    rxn_job job{};
    job.struct_size = sizeof job;
    job.target = target;
    job.algorithm = RXN_ALGORITHM_RX_0;
    job.nonce_offset = 39;
    job.blob_bytes = 76;
    job.blob[0] = content;
    job.key_bytes = static_cast<uint32_t>(key.size());
    std::memcpy(job.key, key.data(), key.size());
    return job;
  }

  uint64_t set(const rxn_job& job) {
    uint64_t number = 0;
    CHECK_EQUAL(rxn_miner_set_job(miner_, &job, &number), RXN_OK);
    return number;
  }

  Polled poll() {
    alignas(8) uint8_t buffer[64 * 1024];
    uint32_t written = 0;
    CHECK_EQUAL(rxn_miner_poll(miner_, buffer, sizeof buffer, &written), RXN_OK);
    return readPolled(buffer);
  }

  // Generous: sanitizers and busy machines are slow.
  void until(const std::function<bool(const Polled&)>& done) {
    const auto deadline = Clock::now() + std::chrono::minutes(5);
    while (!done(poll())) {
      if (Clock::now() > deadline) {
        CHECK(!"in time");
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  std::vector<rxn_event> shares(size_t count) {
    std::vector<rxn_event> found;
    until([&](const Polled& polled) {
      for (const rxn_event& event : polled.events) {
        if (event.type == RXN_EVENT_SHARE) found.push_back(event);
        CHECK(event.type != RXN_EVENT_ERROR);
      }
      return found.size() >= count;
    });
    return found;
  }

  rxn_miner handle() const { return miner_; }

 private:
  rxn_miner miner_ = 0;
};

// The hash of a share's blob without generated code.
inline std::string singleHash(rxn_job job, const rxn_event& share) {
  std::memcpy(job.blob + job.nonce_offset, share.nonce, 4);
  rxn_cache cache = 0;
  CHECK_EQUAL(rxn_cache_open(job.key, job.key_bytes, RXN_PATH_INTERPRETER, RXN_MODE_LIGHT, &cache),
              RXN_OK);
  uint8_t out[64];
  CHECK_EQUAL(rxn_cache_hash(cache, job.algorithm, job.blob, job.blob_bytes, out), RXN_OK);
  CHECK_EQUAL(rxn_cache_close(cache), RXN_OK);
  return test::hex(out, 32);
}

}  // namespace test
