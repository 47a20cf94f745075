// The one place that knows which hasher an algorithm needs.
#pragma once

#include <memory>

#include "../hash/hasher.hpp"
#include "job.hpp"
#include "key_store.hpp"

namespace ibct {

// Algorithms without a key have no cache and no dataset.
inline bool needsKey(Algorithm algorithm) { return algorithm != Algorithm::cn1; }

// VMs interleaved in one thread when nobody measured what is best: as many as have their
// scratchpads in the thread's share of the caches. A virtual machine does not know its share, and
// gains by all: its reads of memory take longer. Elsewhere RandomX v2 gains no more from three or
// four than from two, nor does CryptoNight anywhere.
unsigned defaultLanes(Algorithm algorithm, size_t scratchpadsPerThread, bool virtualMachine);

// In light mode: as many as get those of two turns side by side, else one.
unsigned lightLanes(const Cache& cache);

// How programs change the rounding mode; the engine's choice is what was measured to be faster.
enum class RoundingChoice : uint8_t { automatic, control, embedded };

// How dataset lines are called ahead of time; the engine's choice goes by the processor's maker.
enum class PrefetchChoice : uint8_t { automatic, t0, nta, none };

struct HasherKind {
  Algorithm algorithm;
  CodePath path;
  unsigned lanes = 1;
  RoundingChoice rounding = RoundingChoice::automatic;
  PrefetchChoice prefetch = PrefetchChoice::automatic;
};

// What the machine has, and of it what is to be used. What it cannot do is not done.
CpuFeatures featuresFor(const HasherKind& kind, const CpuFeatures& machine);

// Ready to hash: in fast mode when a dataset is given, else in light mode. `key` is null for cn/1.
// nullptr: code memory was refused; the interpreter path still works. For cn/1 that path means
// portable code.
std::unique_ptr<Hasher> makeHasher(const HasherKind& kind, const PreparedKey* key,
                                   const uint8_t* dataset, uint8_t* scratchpads);

// What is compared with the target: rx/2's commitment, otherwise the hash itself.
void workResult(Algorithm algorithm, const Input& input, const uint8_t hash[32],
                uint8_t result[32]);

}  // namespace ibct
