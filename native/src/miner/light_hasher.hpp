// Single hashes without a dataset: checks shares, serves hash() and verify().
#pragma once

#include <memory>

#include "../hash/hasher.hpp"
#include "../memory/region.hpp"
#include "job.hpp"
#include "key_store.hpp"
#include "status.hpp"

namespace ibct {

// Not thread-safe.
class LightHasher {
 public:
  explicit LightHasher(CodePath path) : path_(path) {}

  // The hash of input and what is compared with the target. `key` is null for algorithms without
  // one.
  Status hash(Algorithm algorithm, const std::shared_ptr<const PreparedKey>& key,
              const Input& input, uint8_t hash[32], uint8_t result[32]);
  // The same with another source of dataset items; the caller keeps key and dataset alive.
  Status hashFast(Algorithm algorithm, const PreparedKey& key, const uint8_t* dataset,
                  const Input& input, uint8_t hash[32], uint8_t result[32]);
  // Lets go of the key.
  void forget();

 private:
  Status run(Algorithm algorithm, const PreparedKey* key, const uint8_t* dataset,
             const Input& input, uint8_t hash[32], uint8_t result[32]);

  CodePath path_;
  Region scratchpad_;
  std::shared_ptr<const PreparedKey> key_;
  const PreparedKey* preparedFor_ = nullptr;
  const uint8_t* dataset_ = nullptr;
  Algorithm algorithm_ = Algorithm::rx0;
  std::unique_ptr<Hasher> hasher_;
};

}  // namespace ibct
