// Structures that grow at their end (randomx_native.h): callers of another version know less or
// more of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ibct {

// Far above what any version has: a size that was never set.
constexpr size_t kMostStructBytes = 65536;

// What the caller knows of the structure, the rest 0. False when that is less than the first
// version had, or says something that this version does not understand.
template <typename Struct>
bool readStruct(const Struct& in, size_t firstVersionBytes, Struct& out) {
  const size_t size = in.struct_size;
  if (size < firstVersionBytes || size > kMostStructBytes) return false;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&in);
  const auto isSet = [](uint8_t byte) { return byte != 0; };
  if (size > sizeof out && std::any_of(bytes + sizeof out, bytes + size, isSet)) return false;
  out = {};
  std::memcpy(&out, bytes, std::min(size, sizeof out));
  return true;
}

// As much as the caller knows of it; beyond what this version has, nothing is written.
template <typename Struct>
void writeStruct(const Struct& value, size_t callersBytes, void* out) {
  std::memcpy(out, &value, std::min(callersBytes, sizeof value));
}

}  // namespace ibct
