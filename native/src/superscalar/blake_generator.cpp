#include "blake_generator.hpp"

#include <algorithm>
#include <cstring>

#include "../primitives/blake2b.hpp"
#include "../primitives/bytes.hpp"

namespace ibct {
namespace {

constexpr size_t kSeedBytes = 60;  // the last four bytes of the state are a nonce, always 0

}  // namespace

BlakeGenerator::BlakeGenerator(const uint8_t* key, size_t keyLength) {
  if (keyLength != 0) std::memcpy(state_, key, std::min(keyLength, kSeedBytes));
}

uint8_t BlakeGenerator::byte() {
  need(1);
  return state_[position_++];
}

uint32_t BlakeGenerator::word() {
  need(4);
  const uint32_t value = load32(state_ + position_);
  position_ += 4;
  return value;
}

// What is left of a state is dropped when it is too short.
void BlakeGenerator::need(size_t bytes) {
  if (position_ + bytes <= sizeof state_) return;
  blake2b(state_, sizeof state_, state_, sizeof state_);
  position_ = 0;
}

}  // namespace ibct
