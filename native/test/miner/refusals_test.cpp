// Whatever thread, allocation or mapping the system refuses, at whatever moment: the miner mines
// on, or says what it lacks, and can be stopped. Run under AddressSanitizer too.
#include <algorithm>
#include <vector>

#include "cpu/thread.hpp"
#include "miner/make_hasher.hpp"
#include "support/another_process.hpp"
#include "support/refuse.hpp"
#include "support/small_miner.hpp"

namespace {

using namespace ibct;
using namespace test;

constexpr char kKey[] = "test key 000";
constexpr uint64_t kOnce = 0;
constexpr uint64_t kFromThenOn = UINT64_MAX;

// Mining in fast mode, or whatever is left; then with other threads and another power.
void mine(SmallMiner& miner, bool mustMine) {
  bool shared = false;
  bool failed = false;
  bool told = false;
  const auto settled = [&](const Polled& polled) {
    shared |= hasEvent(polled, RXN_EVENT_SHARE);
    told |= hasEvent(polled, RXN_EVENT_ERROR);
    failed = polled.snapshot.state == RXN_STATE_FAILED;
    return shared || failed;
  };
  miner.setJob(1, kKey, "next key");
  CHECK(miner.until(settled));
  shared = false;
  miner->configure(SmallMiner::settings(Settings::Mode::automatic));
  CHECK(miner.until(settled));
  if (mustMine) CHECK(!failed);
  if (failed) CHECK(told);
}

// One run with calls refused, and its count of them.
uint64_t runRefusing(refuse::Gate& gate, uint64_t from, uint64_t to) {
  SmallMiner miner;
  gate.arm(from, std::max(from, to));
  mine(miner, to == kOnce);
  CHECK(miner.stop());
  gate.disarm();
  return gate.calls;
}

// The first calls one by one, then ever fewer of them.
void refuseEachOf(refuse::Gate& gate) {
  refuse::exempt = true;
  // What takes long is done once, outside.
  const auto key =
      keyStore().acquire(keyNamed(kKey), CodePath::jit, PagePolicy::automatic, kNeverCancelled);
  const uint64_t calls = runRefusing(gate, UINT64_MAX, kOnce);
  for (uint64_t n = 1; n <= calls; n += 1 + n / 3) {
    const int before = failures();
    runRefusing(gate, n, kOnce);
    runRefusing(gate, n, kFromThenOn);
    if (failures() != before)
      std::printf("  refused: %llu of %llu\n", static_cast<unsigned long long>(n),
                  static_cast<unsigned long long>(calls));
  }
}

TEST("a refused thread is done without") { refuseEachOf(refuse::threads); }

TEST("a refused allocation is done without, or waited for") { refuseEachOf(refuse::allocations); }

TEST("a refused mapping is done without") { refuseEachOf(refuse::mappings); }

// Which of the threads that are started hashes is not promised; each is tried four times.
TEST("when some threads are refused, the others hash and that is told") {
  refuse::exempt = true;
  bool told = false;
  for (uint64_t n = 1; n <= 10 && !told; ++n) {
    refuse::threads.arm(n, n + 3);
    SmallMiner miner;
    miner.setJob(1, kKey);
    CHECK(miner.until([&](const Polled& polled) {
      for (const rxn_event& event : polled.events) told |= event.status == RXN_FEWER_THREADS;
      return hasEvent(polled, RXN_EVENT_SHARE) || polled.snapshot.state == RXN_STATE_FAILED;
    }));
    CHECK(miner.stop());
    refuse::threads.disarm();
  }
  CHECK(told);
}

TEST("what is refused while the first key is prepared and tested") {
  refuse::exempt = true;
  for (refuse::Gate* gate : {&refuse::threads, &refuse::allocations, &refuse::mappings}) {
    for (const uint64_t n : {2, 3, 5, 8, 13}) {
      inAnotherProcess([&] {
        SmallMiner miner;
        gate->arm(n, kFromThenOn);
        miner.setJob(1, kKey);
        miner.until([](const Polled& polled) {
          return hasEvent(polled, RXN_EVENT_SHARE) || polled.snapshot.state == RXN_STATE_FAILED;
        });
        CHECK(miner.stop());
      });
    }
  }
}

TEST("without a control thread there is no miner") {
  refuse::exempt = false;
  const Settings settings = SmallMiner::settings();
  refuse::threads.arm(1, 1);
  rxn_options options{};
  options.struct_size = sizeof options;
  options.thread_count = 1;
  rxn_miner miner = 0;
  CHECK_EQUAL(rxn_miner_create(&options, settings.cpus.data(), &miner), RXN_THREAD_FAILED);
  CHECK_EQUAL(miner, 0u);
  refuse::threads.disarm();
}

TEST("a single hash in fast mode does without its helpers") {
  refuse::exempt = true;
  const auto cache =
      keyStore().acquire(keyNamed(kKey), CodePath::jit, PagePolicy::automatic, kNeverCancelled);
  refuse::exempt = false;
  refuse::threads.arm(1, kFromThenOn);
  std::atomic<int> runs{0};
  runWithHelpers(3, [&] { ++runs; });
  CHECK_EQUAL(runs.load(), 1);
  refuse::threads.disarm();
}

// While the system gives out memory slowly: a dataset has 130 parts of half a second.
void checkStopDoesNotWait(SmallMiner& miner) {
  CHECK(miner.until([](const Polled&) { return refuse::partsTaken > 0; }));
  const uint64_t before = refuse::partsTaken;
  CHECK(miner.stop());
  CHECK(refuse::partsTaken - before < 60);
  refuse::millisecondsForPart = 0;
}

TEST("neither a share nor a stop waits for the dataset's memory") {
  refuse::exempt = true;
  refuse::partsTaken = 0;
  refuse::millisecondsForPart = 500;
  SmallMiner miner;
  miner.setJob(1, kKey);
  CHECK(miner.until([](const Polled& polled) {
    return refuse::partsTaken > 0 && hasEvent(polled, RXN_EVENT_SHARE);
  }));
  CHECK(refuse::partsTaken < 130);
  checkStopDoesNotWait(miner);
}

TEST("a stop does not wait for the memory of the next key's dataset") {
  refuse::exempt = true;
  Settings settings = SmallMiner::settings();
  settings.background = true;  // or the next key's thread gets little of a busy computer
  SmallMiner miner(settings);
  miner.setJob(1, kKey);
  CHECK(miner.until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_FAST; }));
  refuse::partsTaken = 0;
  refuse::millisecondsForPart = 500;
  miner.setJob(1, kKey, "next key");
  checkStopDoesNotWait(miner);
}

TEST("a job is prepared for while the threads wait for their memory") {
  refuse::exempt = true;
  refuse::hashingThreadsWait = true;
  SmallMiner miner(SmallMiner::settings(Settings::Mode::light));
  miner.setJob(1, kKey);
  CHECK(miner.until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_LIGHT; }));
  CHECK_EQUAL(miner.poll().snapshot.first_hash_seconds, 0.0);
  refuse::hashingThreadsWait = false;
  CHECK(miner.until([](const Polled& polled) { return hasEvent(polled, RXN_EVENT_SHARE); }));
}

// Of so many items nearly every hash reads some: about 16 of its 16,384 accesses.
constexpr uint32_t kItems = 1 << 15;

// Hashes as a thread with the only copy of a small miner's dataset does; with the miner's cache, as
// long as it is withSmallPages().
class OneCopy {
 public:
  explicit OneCopy(const char* key)
      : key_(keyStore()
                 .acquire(keyNamed(key), CodePath::jit, PagePolicy::small, kNeverCancelled)
                 .key) {
    key_->cache.items(0, kItems, dataset_.data());
  }

  std::string hash(const ibct::Job& job, const rxn_event& share) const {
    uint8_t blob[RXN_BLOB_BYTES];
    std::memcpy(blob, job.blob, job.blobBytes);
    std::memcpy(blob + job.nonceOffset, share.nonce, 4);
    const Input input{blob, job.blobBytes};
    const auto hasher =
        makeHasher({job.algorithm, CodePath::jit}, key_.get(), dataset_.data(), scratchpad_.data());
    hasher->first(&input);
    uint8_t hash[1][32];
    hasher->last(hash);
    return hex(hash[0], 32);
  }

 private:
  const std::shared_ptr<const PreparedKey> key_;
  const Region dataset_ = Region::allocate(kDatasetBytes, PagePolicy::small);
  const Region scratchpad_ = Region::allocate(kScratchpadBytes, PagePolicy::small);
};

// In fast mode with this key all threads hash, and right.
void checkThreadsAgree(SmallMiner& miner, const char* key) {
  miner.setJob(1, key);
  CHECK(miner.until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_FAST; }));
  const std::vector<uint64_t> before = miner.poll().hashes;
  const uint64_t number = miner.setJob(2, key);
  std::vector<rxn_event> shares;
  CHECK(miner.until([&](const Polled& polled) {
    for (const rxn_event& event : polled.events)
      if (event.type == RXN_EVENT_SHARE && event.job_number == number) shares.push_back(event);
    for (size_t i = 0; i < before.size(); ++i)
      if (polled.hashes[i] < before[i] + 12) return false;
    return shares.size() >= 12;
  }));
  const OneCopy expected(key);
  for (const rxn_event& share : shares)
    CHECK_EQUAL(hex(share.raw_hash, 32), expected.hash(SmallMiner::jobOf(2), share));
}

Settings withSmallPages() {
  Settings settings = SmallMiner::settings();
  settings.pages = PagePolicy::small;  // asked for once, and no other kind before them
  return settings;
}

TEST("each node of memory has a copy of the dataset, through a change of keys and light mode") {
  refuse::exempt = true;
  SmallMiner miner(withSmallPages(), SmallMiner::twoPlaces(), kItems);
  refuse::bigMappings.arm(UINT64_MAX, kOnce);
  miner.setJob(1, kKey);
  CHECK(miner.until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_FAST; }));
  CHECK_EQUAL(refuse::bigMappings.calls.load(), 2u);
  checkThreadsAgree(miner, kKey);
  checkThreadsAgree(miner, "test key 001");
  miner->configure(SmallMiner::settings(Settings::Mode::light));
  CHECK(miner.until([](const Polled& polled) { return polled.snapshot.state == RXN_STATE_LIGHT; }));
  miner->configure(withSmallPages());
  checkThreadsAgree(miner, kKey);
  refuse::bigMappings.disarm();
}

TEST("memory refused for the second copy costs that copy only") {
  refuse::exempt = true;
  SmallMiner miner(withSmallPages(), SmallMiner::twoPlaces(), kItems);
  refuse::bigMappings.arm(2, 2);
  checkThreadsAgree(miner, kKey);
  refuse::bigMappings.disarm();
}

}  // namespace
