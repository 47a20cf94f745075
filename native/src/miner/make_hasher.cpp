#include "make_hasher.hpp"

#include <algorithm>
#include <cstring>

#include "../cryptonight/cryptonight_hasher.hpp"
#include "../jit/program_jit.hpp"
#include "../memory/code_buffer.hpp"

namespace ibct {

unsigned defaultLanes(Algorithm algorithm, size_t scratchpadsPerThread, bool virtualMachine) {
  const size_t fitting = std::clamp<size_t>(scratchpadsPerThread, 1, kMaxLanes);
  const unsigned lanes = virtualMachine ? kMaxLanes : static_cast<unsigned>(fitting);
  switch (algorithm) {
    case Algorithm::rx0:
      return kLanesPay ? lanes : 1;
    case Algorithm::rx2:
      return !kLanesPay ? 1 : virtualMachine ? lanes : std::min(lanes, 2u);
    case Algorithm::cn1:
      return std::min(lanes, 2u);
  }
  return 1;
}

CpuFeatures featuresFor(const HasherKind& kind, const CpuFeatures& machine) {
  CpuFeatures features = machine;
  if (kind.rounding != RoundingChoice::automatic)
    features.fastEmbeddedRounding = kind.rounding == RoundingChoice::embedded;
  switch (kind.prefetch) {
    case PrefetchChoice::automatic:
      break;
    case PrefetchChoice::t0:
      features.datasetPrefetch = DatasetPrefetch::t0;
      break;
    case PrefetchChoice::nta:
      features.datasetPrefetch = DatasetPrefetch::nta;
      break;
    case PrefetchChoice::none:
      features.datasetPrefetch = DatasetPrefetch::none;
      break;
  }
  return features;
}

unsigned lightLanes(const Cache& cache) { return std::max(cache.listedItems() / 2, 1u); }

std::unique_ptr<Hasher> makeHasher(const HasherKind& kind, const PreparedKey* key,
                                   const uint8_t* dataset, uint8_t* scratchpads) {
  forgetFetchedCode();  // another thread may have written the cache's code
  HasherOptions options;
  options.path = kind.path;
  options.features = featuresFor(kind, cpuFeatures());
  options.lanes = kind.lanes;
  if (kind.algorithm == Algorithm::cn1) {
    if (kind.path == CodePath::interpreter) options.features = {};
    return createCryptonightHasher(options, scratchpads);
  }
  std::unique_ptr<Hasher> hasher = Hasher::create(options, scratchpads);
  if (!hasher) return nullptr;
  const Version version = kind.algorithm == Algorithm::rx2 ? Version::v2 : Version::v1;
  if (dataset != nullptr) {
    hasher->useDataset(dataset, version);
  } else {
    hasher->useCache(key->cache, version);
  }
  return hasher;
}

void workResult(Algorithm algorithm, const Input& input, const uint8_t hash[32],
                uint8_t result[32]) {
  if (algorithm == Algorithm::rx2) {
    commitment(input, hash, result);
  } else {
    std::memcpy(result, hash, 32);
  }
}

}  // namespace ibct
