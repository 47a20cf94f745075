#include "share_gate.hpp"

#include <cstring>

namespace ibct {
namespace {

constexpr auto kRoutineCheckInterval = std::chrono::seconds(1);
constexpr size_t kMostWaiting = 4096;

}  // namespace

ShareGate::Verdict ShareGate::judge(std::vector<Candidate> candidates) {
  Verdict verdict;
  if (selfTest_.state() == SelfTest::State::running) {
    for (Candidate& candidate : candidates) {
      if (waiting_.size() < kMostWaiting) waiting_.push_back(std::move(candidate));
    }
    return verdict;
  }
  if (!waiting_.empty()) {
    candidates.insert(candidates.begin(), waiting_.begin(), waiting_.end());
    waiting_.clear();
  }
  for (Candidate& candidate : candidates) {
    const bool proven = !candidate.fast || trustedPlan_ == candidate.planNumber;
    const bool routine = candidate.share && Clock::now() >= nextRoutineCheck_;
    if (!proven || routine) {
      if (!agreesWithLightMode(candidate)) {
        verdict.fastPathWrong |= candidate.audit;
        verdict.wrongShares += candidate.share ? 1 : 0;
        continue;
      }
      if (candidate.audit) trustedPlan_ = candidate.planNumber;
      nextRoutineCheck_ = Clock::now() + kRoutineCheckInterval;
    }
    if (candidate.share) verdict.shares.push_back(std::move(candidate));
  }
  return verdict;
}

bool ShareGate::agreesWithLightMode(const Candidate& candidate) {
  const Job& job = *candidate.job;
  uint8_t blob[RXN_BLOB_BYTES];
  job.writeBlob(candidate.counter, blob);
  uint8_t hash[32];
  uint8_t result[32];
  const Input input{blob, job.blobBytes};
  return checker_.hash(job.algorithm, candidate.key, input, hash, result) == RXN_OK &&
         std::memcmp(hash, candidate.hash, 32) == 0 &&
         std::memcmp(result, candidate.result, 32) == 0;
}

}  // namespace ibct
