// The official vectors on the code paths of this machine, before any share leaves.
#pragma once

#include <atomic>
#include <thread>

#include "../dataset/cache.hpp"
#include "status.hpp"

namespace ibct {

// Runs on a thread of its own beside the first cache fill (about a second); once passed it is not
// run again in this process.
class SelfTest {
 public:
  // RandomX in both versions, or CryptoNight.
  enum class Family : uint8_t { randomx, cryptonight };
  enum class State : uint8_t {
    running,
    passed,
    jitWrong,  // or refused by the system: the interpreter may still pass
    failed,
  };

  SelfTest(Family family, CodePath path);
  ~SelfTest();  // gives up if still running
  SelfTest(const SelfTest&) = delete;
  SelfTest& operator=(const SelfTest&) = delete;

  State state() const { return state_; }
  // Why it did not pass.
  Status status() const { return status_; }

 private:
  void run(Family family, CodePath path);
  void finish(State state, Status status);
  void testRandomX(CodePath path);
  void testCryptonight(CodePath path);

  std::atomic<State> state_{State::running};
  std::atomic<Status> status_{RXN_OK};  // written before state_
  std::atomic<bool> cancel_{false};
  std::thread thread_;
};

}  // namespace ibct
