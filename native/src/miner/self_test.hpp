// The official vectors on the code paths of this machine, before any share leaves.
#pragma once

#include <atomic>
#include <thread>

#include "../hash/hasher.hpp"
#include "status.hpp"

namespace ibct {

// Whether each lane hashes the input so, and where there are several, also in a turn after the
// first.
bool everyLaneHashes(Hasher& hasher, const Input& input, const uint8_t expected[32]);

// Takes about a second and, for RandomX, a cache of its own; once passed it is not run again in
// this process.
class SelfTest {
 public:
  // RandomX in both versions, or CryptoNight.
  enum class Family : uint8_t { randomx, cryptonight };
  enum class State : uint8_t {
    running,  // or given up
    passed,
    jitWrong,  // or refused by the system: the interpreter may still pass
    failed,
  };

  // beside: on a thread of its own. Else, and where that thread is refused, before this returns,
  // unless `stop` becomes true.
  SelfTest(Family family, CodePath path, bool beside, const std::atomic<bool>& stop);
  ~SelfTest();  // gives up if still running
  SelfTest(const SelfTest&) = delete;
  SelfTest& operator=(const SelfTest&) = delete;

  static bool hasPassed(Family family, CodePath path);

  // Whether this test is about what is being hashed; else another is needed.
  bool fits(Family family, CodePath path) const { return family_ == family && path_ == path; }
  State state() const { return state_; }
  // Why it did not pass.
  Status status() const { return status_; }

 private:
  void run(const std::atomic<bool>& cancel) noexcept;
  void finish(State state, Status status);
  void testRandomX(const std::atomic<bool>& cancel);
  void testCryptonight();

  const Family family_;
  const CodePath path_;
  std::atomic<State> state_{State::running};
  std::atomic<Status> status_{RXN_OK};  // written before state_
  std::atomic<bool> cancel_{false};
  std::thread thread_;
};

}  // namespace ibct
