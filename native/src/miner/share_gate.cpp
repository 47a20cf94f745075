#include "share_gate.hpp"

#include <algorithm>
#include <utility>

namespace ibct {
namespace {

constexpr auto kRoutineCheckInterval = std::chrono::seconds(1);
constexpr auto kCheckAgain = std::chrono::milliseconds(250);
// A share that is likely right is worth more soon than checked; one of an unproven path is not.
constexpr auto kPatienceProven = std::chrono::seconds(2);
constexpr auto kPatienceUnproven = std::chrono::seconds(30);

}  // namespace

ShareGate::ShareGate(Checker check) : check_(std::move(check)) { waiting_.reserve(kMostWaiting); }

ShareGate::Verdict ShareGate::judge(std::vector<Candidate>& found, bool open, Clock::time_point now,
                                    const Release& release) {
  for (Candidate& candidate : found) {
    if (waiting_.size() < kMostWaiting) waiting_.push_back({std::move(candidate), std::nullopt});
  }
  found.clear();
  Verdict verdict;
  if (!open || now < nextTry_) return verdict;
  size_t done = 0;
  while (done < waiting_.size() && judgeOne(waiting_[done], now, release, verdict)) ++done;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
  if (!waiting_.empty()) {
    nextTry_ = now + kCheckAgain;
    for (Waiting& left : waiting_) left.since = left.since.value_or(now);
  }
  return verdict;
}

bool ShareGate::judgeOne(Waiting& waiting, Clock::time_point now, const Release& release,
                         Verdict& verdict) {
  const Candidate& candidate = waiting.candidate;
  const bool proven = !candidate.fast || trusted(candidate);
  const bool routine = candidate.share && now >= nextRoutineCheck_;
  if (!proven || routine) {
    switch (check_(candidate)) {
      case Check::agrees:
        if (candidate.audit) trust(candidate);
        nextRoutineCheck_ = now + kRoutineCheckInterval;
        break;
      case Check::differs:
        if (candidate.fast) trustedLanes_ = 0;
        verdict.fastPathWrong |= candidate.audit;
        verdict.wrongShares += candidate.share ? 1 : 0;
        return true;
      case Check::impossible:
        if (now - waiting.since.value_or(now) < (proven ? kPatienceProven : kPatienceUnproven))
          return false;
        if (proven) break;
        verdict.uncheckedShares += candidate.share ? 1 : 0;
        return true;
    }
  }
  if (candidate.share) release(candidate);
  return true;
}

bool ShareGate::trusted(const Candidate& candidate) const {
  return trustedPlan_ == candidate.planNumber && (trustedLanes_ >> candidate.lane & 1) != 0;
}

void ShareGate::trust(const Candidate& candidate) {
  if (std::exchange(trustedPlan_, candidate.planNumber) != candidate.planNumber) trustedLanes_ = 0;
  trustedLanes_ |= 1u << candidate.lane;
}

unsigned ShareGate::dropUnchecked() {
  unsigned shares = 0;
  const auto unchecked = [&](const Waiting& waiting) {
    if (!waiting.since) return false;
    shares += waiting.candidate.share ? 1 : 0;
    return true;
  };
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), unchecked), waiting_.end());
  return shares;
}

}  // namespace ibct
