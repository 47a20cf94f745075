// A whole miner in light mode through the C ABI: jobs from one thread, polls from another. Run
// under ThreadSanitizer too. Its shares are looked at in shares_test.cpp.
#include <randomx_native.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "support/test.hpp"
#include "support/test_miner.hpp"

namespace {

using namespace std::chrono_literals;
using namespace test;

TEST("a cache may be opened for the miners to come") {
  // It stays open: they all find it filled.
  const rxn_job job = TestMiner::jobOf(1, "test key 000");
  rxn_cache cache = 0;
  CHECK_EQUAL(rxn_cache_open(job.key, job.key_bytes, RXN_PATH_JIT, RXN_MODE_LIGHT, &cache), RXN_OK);
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

#if defined(__linux__)

// Numbers of this process's threads with that name.
std::set<std::string> threadsNamed(const std::string& name) {
  std::set<std::string> found;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string comm;
    std::getline(std::ifstream(task.path() / "comm"), comm);
    if (comm == name) found.insert(task.path().filename());
  }
  return found;
}

TEST("a pool that names another next key with each job keeps no core busy") {
  TestMiner miner;
  miner.set(TestMiner::jobOf(1, "test key 000", 0));
  miner.until([](const Polled& polled) { return polled.hashes[0] > 0; });
  std::set<std::string> seen;
  for (uint8_t i = 0; i < 40; ++i) {
    rxn_job job = TestMiner::jobOf(1, "test key 000", 0);
    job.next_key_bytes = 1;
    job.next_key[0] = i;
    miner.set(job);
    std::this_thread::sleep_for(50ms);
    seen.merge(threadsNamed("ibct-next-key"));
  }
  CHECK(seen.size() <= 8);  // it, and those that help it take its memory
}

#endif

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
  const rxn_options options = TestMiner::optionsOf(RXN_MODE_LIGHT);
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options, &cpu), RXN_OK);
  const uint64_t before = miner.poll().hashes[0];
  miner.until([&](const Polled& polled) { return polled.hashes[0] > before; });
}

TEST("pages stay as created, whatever other options say of them") {
  TestMiner miner;
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  rxn_options options = TestMiner::optionsOf(RXN_MODE_LIGHT);
  options.priority = RXN_PRIORITY_NORMAL;
  options.pages = RXN_PAGES_1G;  // would fail where none are reserved
  // Before anything is prepared, and once something is.
  for (const char* key : {"test key 000", "test key 001"}) {
    CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options, &cpu), RXN_OK);
    const uint64_t before = miner.poll().hashes[0];
    miner.set(TestMiner::jobOf(1, key, 0));
    uint32_t state = RXN_STATE_IDLE;
    miner.until([&](const Polled& polled) {
      state = polled.snapshot.state;
      return state == RXN_STATE_FAILED || (state == RXN_STATE_LIGHT && polled.hashes[0] > before);
    });
    CHECK_EQUAL(state, uint32_t{RXN_STATE_LIGHT});
  }
}

TEST("who waits is woken by an event and by another state, and is kept no longer than asked") {
  constexpr uint32_t kLong = 300'000;
  TestMiner miner;
  CHECK_EQUAL(rxn_miner_wait(miner.handle(), RXN_STATE_IDLE, 1), RXN_OK);
  const auto startedAt = Clock::now();
  const auto news = [&] {
    CHECK_EQUAL(rxn_miner_wait(miner.handle(), miner.poll().snapshot.state, kLong), RXN_OK);
    return miner.poll();
  };
  std::thread feeder([&] {
    std::this_thread::sleep_for(10ms);
    miner.set(TestMiner::jobOf(1, "test key 000"));
  });
  while (!hasEvent(news(), RXN_EVENT_SHARE)) {
  }
  feeder.join();
  // No share, no other key: only orders wake now.
  miner.set(TestMiner::jobOf(2, "test key 000", 0));
  CHECK_EQUAL(rxn_miner_wait(miner.handle(), RXN_STATE_PAUSED, kLong), RXN_OK);
  std::thread pauser([&] {
    std::this_thread::sleep_for(10ms);
    rxn_miner_pause(miner.handle());
  });
  while (news().snapshot.state != RXN_STATE_PAUSED) {
  }
  pauser.join();
  CHECK(Clock::now() - startedAt < std::chrono::milliseconds(kLong));
}

TEST("bad arguments are refused") {
  rxn_miner none = 0;
  rxn_options options = TestMiner::optionsOf(RXN_MODE_LIGHT);
  const uint32_t noSuchCpu = 60000;
  CHECK_EQUAL(rxn_miner_create(&options, &noSuchCpu, &none), RXN_INVALID_ARGUMENT);
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  options.thread_count = 2;
  const uint32_t twice[] = {cpu, cpu};
  CHECK_EQUAL(rxn_miner_create(&options, twice, &none), RXN_INVALID_ARGUMENT);
  options = TestMiner::optionsOf(RXN_MODE_LIGHT);
  options.prefetch = RXN_PREFETCH_NONE + 1;
  CHECK_EQUAL(rxn_miner_create(&options, &cpu, &none), RXN_INVALID_ARGUMENT);
  CHECK_EQUAL(none, 0u);

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
