// A miner of the engine's own class in fast mode, with a dataset of which only the first items are
// made: hashes of it are wrong, and nobody checks them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <thread>

#include "cpu/topology.hpp"
#include "miner/miner.hpp"
#include "test_miner.hpp"

namespace test {

inline ibct::Key keyNamed(const std::string& text) {
  ibct::Key key;
  key.size = static_cast<uint32_t>(text.size());
  std::memcpy(key.bytes, text.data(), text.size());
  return key;
}

class SmallMiner {
 public:
  static ibct::Settings settings(ibct::Settings::Mode mode = ibct::Settings::Mode::fast) {
    ibct::Settings settings;
    settings.mode = mode;
    settings.background = false;
    for (const ibct::LogicalCpu& cpu : ibct::cpuTopology())
      if (cpu.allowed && settings.cpus.size() < 2) settings.cpus.push_back(cpu.id);
    return settings;
  }

  // Two nodes of memory, which both are the machine's first one: each with one of the threads.
  static std::vector<ibct::DatasetPlace> twoPlaces() {
    std::vector<ibct::DatasetPlace> places;
    for (const uint32_t cpu : settings().cpus) places.push_back({{0}, {cpu}});
    places.resize(2, {{0}, {}});
    return places;
  }

  // `places`: those of the dataset's copies; none: as the machine has them. `items`: how many are
  // made.
  explicit SmallMiner(const ibct::Settings& settings = SmallMiner::settings(),
                      const std::vector<ibct::DatasetPlace>& places = {}, uint32_t items = 8192)
      : miner_(settings, parts(places, items)) {}
  ~SmallMiner() { CHECK(stop()); }
  ibct::Miner* operator->() { return &miner_; }

  // Every hash of it is a share.
  static ibct::Job jobOf(uint8_t content, ibct::Algorithm algorithm = ibct::Algorithm::rx0) {
    ibct::Job job;
    job.algorithm = algorithm;
    job.target = kEveryHash;
    job.nonceOffset = 39;
    job.blobBytes = 76;
    job.blob[0] = content;
    return job;
  }

  // Returns the job's number.
  uint64_t setJob(uint8_t content, const std::string& key, const std::string& nextKey = "",
                  ibct::Algorithm algorithm = ibct::Algorithm::rx0) {
    const ibct::Job job = jobOf(content, algorithm);
    std::optional<ibct::Key> next;
    if (!nextKey.empty()) next = keyNamed(nextKey);
    uint64_t number = 0;
    CHECK_EQUAL(miner_.setJob(job, keyNamed(key), next, number), RXN_OK);
    return number;
  }

  Polled poll() {
    alignas(8) static thread_local uint8_t buffer[256 * 1024];
    uint32_t written = 0;
    CHECK_EQUAL(miner_.poll(buffer, sizeof buffer, written), RXN_OK);
    return readPolled(buffer);
  }

  bool until(const std::function<bool(const Polled&)>& done,
             std::chrono::seconds most = std::chrono::seconds(120)) {
    const auto deadline = Clock::now() + most;
    while (Clock::now() < deadline) {
      if (done(poll())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }

  // True when it has stopped.
  bool stop() {
    miner_.requestStop();
    return until([this](const Polled&) { return miner_.stopped(); });
  }

 private:
  static ibct::MinerParts parts(const std::vector<ibct::DatasetPlace>& places, uint32_t items) {
    ibct::MinerParts parts;
    parts.datasetItems = items;
    if (!places.empty()) parts.datasetPlaces = [places](ibct::PagePolicy) { return places; };
    parts.patience = std::chrono::milliseconds(300);
    parts.checker = [](const ibct::Candidate&) { return ibct::ShareGate::Check::agrees; };
    return parts;
  }

  ibct::Miner miner_;
};

}  // namespace test
