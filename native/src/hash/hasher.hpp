// One hashing thread's virtual machines. Each is a lane: the lanes take turns on the thread, so
// that one computes while the memory of the others is on its way. A batch is one input for each
// lane; batches are pipelined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "../cpu/features.hpp"
#include "../dataset/cache.hpp"
#include "../vm/program.hpp"

namespace ibct {

struct Input {
  const uint8_t* data;
  size_t size;
};

struct HasherOptions {
  CodePath path = CodePath::jit;
  CpuFeatures features;
  unsigned lanes = 1;  // 1…kMaxLanes
};

// Not thread-safe; saves and restores the caller's floating-point environment in every call.
class Hasher {
 public:
  // scratchpads: at least lanes × kScratchpadBytes, 64-byte aligned, owned by the caller and
  // outliving the hasher. nullptr when code memory was refused (use CodePath::interpreter).
  static std::unique_ptr<Hasher> create(const HasherOptions& options, uint8_t* scratchpads);
  virtual ~Hasher() = default;

  // Where dataset items come from, and which version is hashed; may change between batches (also
  // between next() calls: it applies to programs run from then on). Exactly one of the two is set.
  virtual void useCache(const Cache& cache, Version version) = 0;        // light mode
  virtual void useDataset(const uint8_t* dataset, Version version) = 0;  // fast mode

  // Pipelining: first() starts a batch; next() finishes the one in flight into out[lanes][32] and
  // starts another; last() finishes without starting one. Results equal single hashes.
  virtual void first(const Input* inputs) = 0;
  virtual void next(const Input* inputs, uint8_t (*out)[32]) = 0;
  virtual void last(uint8_t (*out)[32]) = 0;

  virtual unsigned lanes() const = 0;
  virtual const char* programPath() const = 0;  // "jit-x86-64", "interpreter"
  virtual const char* aesPath() const = 0;
};

// Hash256(input ‖ hash): the work value of rx/2.
void commitment(const Input& input, const uint8_t hash[32], uint8_t out[32]);

}  // namespace ibct
