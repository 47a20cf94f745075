// Decides which hashes leave the library as shares: nothing before the self-test has passed,
// nothing from an unproven fast path that light mode does not confirm, and a second computation in
// light mode for every share there is time for.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "candidate.hpp"

namespace ibct {

//              ┌─ differs ────► dropped, and told
//   found ──►  check ─ agrees ► leaves
//              └─ impossible ─► waits and is tried again; after a while it leaves from a proven
//              path,
//                               else it is dropped, and told
//
// Used by the control thread only. Takes memory when it is made, and none later.
class ShareGate {
 public:
  using Clock = std::chrono::steady_clock;
  // impossible: the system refused what a check takes, which says nothing about the hash.
  enum class Check { agrees, differs, impossible };
  using Checker = std::function<Check(const Candidate&)>;
  using Release = std::function<void(const Candidate&)>;

  struct Verdict {
    unsigned wrongShares = 0;      // differed from light mode and were dropped
    unsigned uncheckedShares = 0;  // could not be checked and were dropped
    bool fastPathWrong = false;    // an audited hash differed: do not use the fast path
  };

  // check: computes a candidate again in light mode.
  explicit ShareGate(Checker check);

  // Empties `found`, and calls `release` with each share that may leave now. Until `open`, which
  // the self-test has to allow, all wait.
  Verdict judge(std::vector<Candidate>& found, bool open, Clock::time_point now,
                const Release& release);
  // Those that wait for a check would keep their key's memory from the next one: they are dropped.
  // Returns how many shares were among them.
  unsigned dropUnchecked();

 private:
  static constexpr size_t kMostWaiting = 4096;
  struct Waiting {
    Candidate candidate;
    std::optional<Clock::time_point> since;  // the first check that was impossible
  };
  // False: it has to wait.
  bool judgeOne(Waiting& waiting, Clock::time_point now, const Release& release, Verdict& verdict);

  bool trusted(const Candidate& candidate) const;
  void trust(const Candidate& candidate);

  const Checker check_;
  std::vector<Waiting> waiting_;
  // The plan of whose fast path these lanes, a bit each, agreed with light mode, and none differed
  // since: a lane has code and a scratchpad of its own.
  uint64_t trustedPlan_ = 0;
  uint32_t trustedLanes_ = 0;
  Clock::time_point nextRoutineCheck_{};
  Clock::time_point nextTry_{};  // after an impossible check
};

}  // namespace ibct
