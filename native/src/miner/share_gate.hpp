// Decides which hashes leave the library as shares: nothing before the self-test has passed,
// nothing from an unproven fast path that light mode does not confirm, and a second computation in
// light mode for every share there is time for.
#pragma once

#include <chrono>
#include <vector>

#include "candidate.hpp"
#include "light_hasher.hpp"
#include "self_test.hpp"

namespace ibct {

// Used by the control thread only.
class ShareGate {
 public:
  struct Verdict {
    std::vector<Candidate> shares;  // may leave
    unsigned wrongShares = 0;       // differed from light mode and were dropped
    bool fastPathWrong = false;     // an audited hash differed: do not use the fast path
  };

  ShareGate(SelfTest::Family family, CodePath path)
      : family_(family), path_(path), selfTest_(family, path), checker_(path) {}

  Verdict judge(std::vector<Candidate> candidates);
  // Lets go of the cache of the last share checked: its 256 MiB would outlive the key.
  void forgetKey() { checker_.forget(); }
  const SelfTest& selfTest() const { return selfTest_; }
  // Whether this gate is about what is being hashed; else a new one is needed.
  bool fits(SelfTest::Family family, CodePath path) const {
    return family_ == family && path_ == path;
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool agreesWithLightMode(const Candidate& candidate);

  const SelfTest::Family family_;
  const CodePath path_;
  SelfTest selfTest_;
  LightHasher checker_;
  std::vector<Candidate> waiting_;  // for the self-test
  uint64_t trustedPlan_ = 0;        // whose fast path agreed with light mode
  Clock::time_point nextRoutineCheck_{};
};

}  // namespace ibct
