// What the control thread wants all hashing threads to do; immutable once published. When which one
// is: preparation.hpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "dataset.hpp"
#include "dataset_build.hpp"
#include "job.hpp"
#include "key_store.hpp"
#include "make_hasher.hpp"

namespace ibct {

struct Plan {
  enum class Phase : uint8_t { park, hash };

  uint64_t number = 0;
  Phase phase = Phase::park;
  uint64_t workNumber = 0;  // jobs with this number are hashed
  Algorithm algorithm = Algorithm::rx0;
  CodePath path = CodePath::jit;
  unsigned lanes = 1;
  RoundingChoice rounding = RoundingChoice::automatic;
  PrefetchChoice prefetch = PrefetchChoice::automatic;
  std::shared_ptr<const PreparedKey> key;  // null for cn/1
  std::shared_ptr<DatasetBuild> build;     // runs to be done between light hashes
  const Dataset* dataset = nullptr;        // fast mode
  // The first thread that takes this has its first whole batch audited (fast mode only).
  mutable std::atomic<bool> auditTaken{false};
};

}  // namespace ibct
