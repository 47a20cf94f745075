// What randomx_native.h promises about every call.
#include <randomx_native.h>

#include <set>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "abi/guard.hpp"
#include "support/test.hpp"
#include "support/test_miner.hpp"

namespace {

using test::TestMiner;

constexpr uint8_t kInput[43] = {};

rxn_status hashCn1(rxn_cache cache) {
  uint8_t out[64];
  return rxn_cache_hash(cache, RXN_ALGORITHM_CN_1, kInput, sizeof kInput, out);
}

rxn_cache keylessCache() {
  rxn_cache cache = 0;
  CHECK_EQUAL(rxn_cache_open(nullptr, 0, RXN_PATH_JIT, RXN_MODE_KEYLESS, &cache), RXN_OK);
  return cache;
}

// What every function of a miner answers.
std::set<rxn_status> answersOf(rxn_miner miner) {
  const rxn_options options = TestMiner::optionsOf(RXN_MODE_LIGHT);
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  const rxn_job job = TestMiner::jobOf(1, "k");
  uint64_t number = 0;
  uint8_t buffer[4096];
  uint32_t written = 0;
  return {rxn_miner_configure(miner, &options, &cpu),
          rxn_miner_set_job(miner, &job, &number),
          rxn_miner_pause(miner),
          rxn_miner_resume(miner),
          rxn_miner_request_stop(miner),
          rxn_miner_poll(miner, buffer, sizeof buffer, &written),
          rxn_miner_wait(miner, RXN_STATE_IDLE, 0),
          rxn_miner_destroy(miner)};
}

TEST("every status has a name of its own and a sentence, and no other number has") {
  std::set<std::string> names;
  for (rxn_status status = RXN_FEWER_THREADS; status <= RXN_OK; ++status) {
    CHECK(names.insert(rxn_status_name(status)).second);
    CHECK(std::string(rxn_status_message(status)) != rxn_status_message(1));
  }
  CHECK_EQUAL(names.count("unknown"), 0u);
  CHECK_EQUAL(std::string(rxn_status_name(RXN_FEWER_THREADS - 1)), "unknown");
  CHECK_EQUAL(std::string(rxn_status_name(1)), "unknown");
}

TEST("what is thrown inside becomes a status, a fault of the library its own") {
  CHECK_EQUAL(ibct::guarded([]() -> rxn_status { throw std::bad_alloc(); }), RXN_OUT_OF_MEMORY);
  CHECK_EQUAL(ibct::guarded([]() -> rxn_status {
                throw std::system_error(std::make_error_code(std::errc::io_error));
              }),
              RXN_THREAD_FAILED);
  CHECK_EQUAL(ibct::guarded([]() -> rxn_status { throw std::logic_error("impossible"); }),
              RXN_INTERNAL);
  CHECK_EQUAL(ibct::guarded([]() -> rxn_status { throw 1; }), RXN_INTERNAL);
}

TEST("every function refuses a miner that is gone") {
  rxn_miner gone = 0;
  {
    TestMiner miner;
    gone = miner.handle();
  }
  CHECK(answersOf(gone) == std::set<rxn_status>{RXN_STALE_HANDLE});
  TestMiner another;  // perhaps in the same place
  CHECK(answersOf(gone) == std::set<rxn_status>{RXN_STALE_HANDLE});
  CHECK(answersOf(0) == std::set<rxn_status>{RXN_STALE_HANDLE});
}

TEST("every function refuses a cache that is gone, and one that is a miner") {
  const rxn_cache cache = keylessCache();
  CHECK_EQUAL(hashCn1(cache), RXN_OK);
  CHECK_EQUAL(rxn_cache_close(cache), RXN_OK);
  CHECK_EQUAL(hashCn1(cache), RXN_STALE_HANDLE);
  CHECK_EQUAL(rxn_cache_close(cache), RXN_STALE_HANDLE);
  TestMiner miner;
  CHECK_EQUAL(hashCn1(miner.handle()), RXN_STALE_HANDLE);
  const rxn_cache open = keylessCache();
  CHECK(answersOf(open) == std::set<rxn_status>{RXN_STALE_HANDLE});
  CHECK_EQUAL(rxn_cache_close(open), RXN_OK);
}

TEST("a cache may be closed and used by two threads while others hash with it") {
  const rxn_cache cache = keylessCache();
  const auto hashUntilGone = [&] {
    rxn_status status = RXN_OK;
    while (status == RXN_OK) status = hashCn1(cache);
    return status;
  };
  rxn_status ends[2] = {};
  std::thread first([&] { ends[0] = hashUntilGone(); });
  std::thread second([&] { ends[1] = hashUntilGone(); });
  CHECK_EQUAL(hashCn1(cache), RXN_OK);
  CHECK_EQUAL(rxn_cache_close(cache), RXN_OK);
  first.join();
  second.join();
  CHECK_EQUAL(ends[0], RXN_STALE_HANDLE);
  CHECK_EQUAL(ends[1], RXN_STALE_HANDLE);
}

TEST("options and jobs of another version are taken where they ask for nothing unknown") {
  struct {
    rxn_options known;
    uint64_t later;
  } options{TestMiner::optionsOf(RXN_MODE_LIGHT), 0};
  struct {
    rxn_job known;
    uint64_t later;
  } job{TestMiner::jobOf(1, "k"), 0};
  const uint32_t cpu = TestMiner::firstAllowedCpu();
  TestMiner miner;
  uint64_t number = 0;
  options.known.struct_size = sizeof options;
  job.known.struct_size = sizeof job;
  CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options.known, &cpu), RXN_OK);
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job.known, &number), RXN_OK);
  options.later = job.later = 1;
  CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options.known, &cpu), RXN_INVALID_ARGUMENT);
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job.known, &number), RXN_INVALID_ARGUMENT);
  options.known.struct_size = job.known.struct_size = 0;
  CHECK_EQUAL(rxn_miner_configure(miner.handle(), &options.known, &cpu), RXN_INVALID_ARGUMENT);
  CHECK_EQUAL(rxn_miner_set_job(miner.handle(), &job.known, &number), RXN_INVALID_ARGUMENT);
  CHECK_EQUAL(number, 1u);
}

TEST("a report keeps to the sizes that the caller knows") {
  struct Newer {
    rxn_logical_cpu known;
    uint64_t later;
  };
  rxn_cpu_report report{};
  CHECK_EQUAL(rxn_get_cpu_report(&report, nullptr, 0), RXN_INVALID_ARGUMENT);
  report.struct_size = sizeof report;
  report.cpu_struct_size = sizeof(Newer);
  std::vector<Newer> cpus(RXN_MAX_THREADS, {{}, 7});
  CHECK_EQUAL(rxn_get_cpu_report(&report, &cpus[0].known, RXN_MAX_THREADS), RXN_OK);
  CHECK_EQUAL(report.struct_size, sizeof report);
  for (uint32_t i = 0; i < report.cpu_count; ++i) {
    CHECK_EQUAL(cpus[i].later, 7u);
    if (i > 0) CHECK(cpus[i].known.id > cpus[i - 1].known.id);
  }
}

TEST("a snapshot tells where the counters begin and how long an event is") {
  TestMiner miner;
  const rxn_snapshot snapshot = miner.poll().snapshot;
  CHECK_EQUAL(snapshot.struct_size, sizeof(rxn_snapshot));
  CHECK_EQUAL(snapshot.event_size, sizeof(rxn_event));
}

}  // namespace
