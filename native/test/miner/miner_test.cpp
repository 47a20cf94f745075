// A whole miner in light mode through the C ABI: jobs from one thread, polls from another. Run
// under ThreadSanitizer too.
#include <randomx_native.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/hex.hpp"
#include "support/test.hpp"

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr uint64_t kEveryHash = UINT64_MAX;

struct Polled {
  rxn_snapshot snapshot;
  std::vector<uint64_t> hashes;
  std::vector<rxn_event> events;
};

class TestMiner {
 public:
  explicit TestMiner(uint32_t path = RXN_PATH_JIT) {
    rxn_options options{};
    options.mode = RXN_MODE_LIGHT;
    options.path = path;
    options.priority = RXN_PRIORITY_NORMAL;
    options.thread_count = 1;
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
  }

  static uint32_t firstAllowedCpu() {
    rxn_cpu_report report;
    std::vector<rxn_logical_cpu> cpus(RXN_MAX_THREADS);
    rxn_get_cpu_report(&report, cpus.data(), RXN_MAX_THREADS);
    for (const rxn_logical_cpu& cpu : cpus) {
      if (cpu.allowed) return cpu.id;
    }
    return 0;
  }

  static rxn_job jobOf(uint8_t content, const std::string& key, uint64_t target = kEveryHash) {
    rxn_job job{};
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

  // Generous: sanitizers and busy machines are slow.
  void until(const std::function<bool(const Polled&)>& done) {
    const auto deadline = Clock::now() + 300s;
    while (!done(poll())) {
      if (Clock::now() > deadline) {
        CHECK(!"in time");
        return;
      }
      std::this_thread::sleep_for(5ms);
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

  rxn_miner* handle() { return miner_; }

 private:
  rxn_miner* miner_ = nullptr;
};

std::string singleHash(rxn_job job, const rxn_event& share) {
  std::memcpy(job.blob + job.nonce_offset, share.nonce, 4);
  rxn_cache* cache = nullptr;
  CHECK_EQUAL(rxn_cache_open(job.key, job.key_bytes, RXN_PATH_INTERPRETER, RXN_MODE_LIGHT, &cache),
              RXN_OK);
  uint8_t out[64];
  CHECK_EQUAL(rxn_cache_hash(cache, job.algorithm, job.blob, job.blob_bytes, out), RXN_OK);
  rxn_cache_close(cache);
  return test::hex(out, 32);
}

TEST("shares are right and their nonces ascend") {
  TestMiner miner;
  const rxn_job job = TestMiner::jobOf(1, "test key 000");
  const uint64_t number = miner.set(job);
  const std::vector<rxn_event> shares = miner.shares(3);
  for (uint8_t i = 0; i < 3; ++i) {
    CHECK_EQUAL(shares[i].job_number, number);
    CHECK_EQUAL(int{shares[i].nonce[0]}, int{i});
  }
  CHECK_EQUAL(test::hex(shares[0].result, 32), singleHash(job, shares[0]));
}

TEST("the newest job wins while polled from another thread") {
  TestMiner miner;
  std::atomic<bool> done{false};
  std::thread feeder([&] {
    for (int i = 0; i < 200; ++i) {
      // The key changes now and then, also while its predecessor is still being prepared.
      const bool other = i / 80 % 2 != 0;
      miner.set(TestMiner::jobOf(static_cast<uint8_t>(i), other ? "test key 001" : "test key 000"));
      std::this_thread::sleep_for(2ms);
    }
    done = true;
  });
  uint64_t previous = 0;
  while (!done) {
    const Polled polled = miner.poll();
    CHECK(polled.hashes[0] >= previous);
    previous = polled.hashes[0];
    std::this_thread::sleep_for(1ms);
  }
  feeder.join();
  miner.until([](const Polled& polled) {
    return !polled.events.empty() && polled.events.back().job_number == 200;
  });
}

TEST("pause stops the counter and resume moves it") {
  TestMiner miner;
  miner.set(TestMiner::jobOf(1, "test key 000", 0));
  miner.until([](const Polled& polled) { return polled.hashes[0] > 0; });
  rxn_miner_pause(miner.handle());
  CHECK_EQUAL(miner.poll().snapshot.state, uint32_t{RXN_STATE_PAUSED});
  uint64_t before = 0;
  // What was in flight may still finish; then nothing moves.
  miner.until([&](const Polled& polled) {
    const bool still = polled.hashes[0] == before;
    before = polled.hashes[0];
    std::this_thread::sleep_for(500ms);
    return still;
  });
  rxn_miner_resume(miner.handle());
  miner.until([&](const Polled& polled) { return polled.hashes[0] > before; });
}

TEST("used up nonces are reported") {
  TestMiner miner;
  rxn_job job = TestMiner::jobOf(1, "test key 000", 0);
  job.reserved_nonce_bytes = 3;
  miner.set(job);
  miner.until([](const Polled& polled) { return polled.snapshot.nonce_space_exhausted != 0; });
  miner.until([](const Polled& polled) { return polled.hashes[0] == 256; });
}

TEST("other threads take over") {
  TestMiner miner;
  miner.set(TestMiner::jobOf(1, "test key 000", 0));
  miner.until([](const Polled& polled) { return polled.hashes[0] > 0; });
  rxn_options options{};
  options.mode = RXN_MODE_LIGHT;
  options.thread_count = 1;
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options, &cpu), RXN_OK);
  const uint64_t before = miner.poll().hashes[0];
  miner.until([&](const Polled& polled) { return polled.hashes[0] > before; });
}

TEST("bad arguments are refused") {
  rxn_miner* none = nullptr;
  rxn_options options{};
  options.thread_count = 1;
  const uint32_t noSuchCpu = 60000;
  CHECK_EQUAL(rxn_miner_create(&options, &noSuchCpu, &none), RXN_INVALID_ARGUMENT);
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  options.thread_count = 2;
  const uint32_t twice[] = {cpu, cpu};
  CHECK_EQUAL(rxn_miner_create(&options, twice, &none), RXN_INVALID_ARGUMENT);
  CHECK(none == nullptr);

  TestMiner miner;
  uint64_t number = 0;
  rxn_job job = TestMiner::jobOf(1, "k");
  job.nonce_offset = 73;
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job, &number), RXN_INVALID_ARGUMENT);
  job.nonce_offset = UINT32_MAX;
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job, &number), RXN_INVALID_ARGUMENT);
  job.algorithm = 7;
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job, &number), RXN_UNSUPPORTED_ALGORITHM);
  uint8_t small[8];
  uint32_t written = 0;
  CHECK_EQUAL(rxn_miner_poll(miner.handle(), small, sizeof small, &written), RXN_BUFFER_TOO_SMALL);
  CHECK(written >= sizeof(rxn_snapshot));
}

}  // namespace
