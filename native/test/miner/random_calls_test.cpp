// All calls in any order, from two threads, while a dataset comes and goes. Run under
// ThreadSanitizer and AddressSanitizer too.
#include <random>

#include "support/refuse.hpp"
#include "support/small_miner.hpp"

namespace {

using namespace std::chrono_literals;
using namespace ibct;
using namespace test;

constexpr char kKeys[][13] = {"test key 000", "test key 001"};

Settings anySettings(std::mt19937& random) {
  constexpr Settings::Mode modes[] = {Settings::Mode::fast, Settings::Mode::automatic,
                                      Settings::Mode::light};
  Settings settings = SmallMiner::settings(modes[random() % 3]);
  settings.interleave = static_cast<unsigned>(random() % 5);
  settings.background = random() % 2 != 0;
  if (random() % 2 != 0) settings.cpus.resize(1);
  return settings;
}

void anyCall(SmallMiner& miner, std::mt19937& random) {
  constexpr Algorithm algorithms[] = {Algorithm::rx0, Algorithm::rx0, Algorithm::rx2,
                                      Algorithm::cn1};
  const auto content = static_cast<uint8_t>(random() % 4);
  switch (random() % 12) {
    case 0:
      miner->pause();
      break;
    case 1:
      miner->configure(anySettings(random));
      break;
    case 2:
      miner.setJob(content, kKeys[random() % 2], kKeys[random() % 2], algorithms[random() % 4]);
      break;
    case 3:
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
      break;
    case 4:
    case 5:
      miner.setJob(content, kKeys[0]);
      break;
    default:
      miner->resume();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(random() % 20));
}

TEST("calls in random orders break nothing, and a stop ends it") {
  const auto seed = static_cast<uint32_t>(std::random_device{}());
  std::printf("  seed %u\n", seed);
  std::mt19937 random(seed);
  // Held, so that preparing a key takes no time.
  std::vector<KeyStore::Outcome> held;
  for (const char* key : kKeys)
    held.push_back(
        keyStore().acquire(keyNamed(key), CodePath::jit, PagePolicy::automatic, kNeverCancelled));
  const auto twoPlaces = SmallMiner::twoPlaces();
  const std::vector<DatasetPlace> onePlace;
  for (int round = 0; round < (kSampled ? 4 : 6); ++round) {
    SmallMiner miner(anySettings(random), round < 2 ? twoPlaces : onePlace);
    std::atomic<bool> done{false};
    std::thread watcher([&] {
      while (!done) {
        const Polled polled = miner.poll();
        CHECK(polled.snapshot.state != RXN_STATE_FAILED);
        std::this_thread::sleep_for(1ms);
      }
    });
    for (int call = 0; call < 80; ++call) anyCall(miner, random);
    // However it was left, it mines when it is told to.
    miner->resume();
    miner.setJob(static_cast<uint8_t>(100 + round), kKeys[0]);
    done = true;
    watcher.join();
    while (!miner.poll().events.empty()) {
    }
    if (round % 2 == 0)
      CHECK(miner.until([](const Polled& polled) { return hasEvent(polled, RXN_EVENT_SHARE); }));
    CHECK(miner.stop());
  }
}

}  // namespace
