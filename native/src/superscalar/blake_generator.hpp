// The random source of the superscalar programs (spec 3.4).
#pragma once

#include <cstddef>
#include <cstdint>

namespace ibct {

class BlakeGenerator {
 public:
  // Bytes of the key after the 60th have no part in it.
  BlakeGenerator(const uint8_t* key, size_t keyLength);

  uint8_t byte();
  uint32_t word();

 private:
  void need(size_t bytes);

  uint8_t state_[64] = {};
  size_t position_ = sizeof state_;
};

}  // namespace ibct
