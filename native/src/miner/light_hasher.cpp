#include "light_hasher.hpp"

#include "make_hasher.hpp"

namespace ibct {

Status LightHasher::hash(Algorithm algorithm, const std::shared_ptr<const PreparedKey>& key,
                         const Input& input, uint8_t hash[32], uint8_t result[32]) {
  const Status status = run(algorithm, key.get(), nullptr, input, hash, result);
  key_ = key;
  return status;
}

Status LightHasher::hashFast(Algorithm algorithm, const PreparedKey& key, const uint8_t* dataset,
                             const Input& input, uint8_t hash[32], uint8_t result[32]) {
  return run(algorithm, &key, dataset, input, hash, result);
}

void LightHasher::forget() {
  hasher_.reset();
  preparedFor_ = nullptr;
  key_.reset();
}

Status LightHasher::run(Algorithm algorithm, const PreparedKey* key, const uint8_t* dataset,
                        const Input& input, uint8_t hash[32], uint8_t result[32]) {
  if (!scratchpad_) scratchpad_ = Region::allocate(kScratchpadBytes, PagePolicy::ordinary);
  if (!scratchpad_) return RXN_OUT_OF_MEMORY;
  const bool same =
      hasher_ && preparedFor_ == key && dataset_ == dataset && algorithm_ == algorithm;
  if (!same) {
    hasher_ = makeHasher({algorithm, path_}, key, dataset, scratchpad_.data());
    if (!hasher_) return RXN_CODE_MEMORY_REFUSED;
    preparedFor_ = key;
    dataset_ = dataset;
    algorithm_ = algorithm;
  }
  uint8_t hashes[1][32];
  hasher_->first(&input);
  hasher_->last(hashes);
  std::memcpy(hash, hashes[0], 32);
  workResult(algorithm, input, hash, result);
  return RXN_OK;
}

}  // namespace ibct
