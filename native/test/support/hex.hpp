// Bytes to lower-case hex and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace test {

using Bytes = std::vector<uint8_t>;

inline std::string hex(const void* data, size_t size) {
  static const char digits[] = "0123456789abcdef";
  const uint8_t* bytes = static_cast<const uint8_t*>(data);
  std::string text;
  text.reserve(size * 2);
  for (size_t i = 0; i < size; ++i) {
    text.push_back(digits[bytes[i] >> 4]);
    text.push_back(digits[bytes[i] & 15]);
  }
  return text;
}

inline std::string hex(const Bytes& bytes) { return hex(bytes.data(), bytes.size()); }

inline Bytes unhex(const std::string& text) {
  if (text.size() % 2 != 0) throw std::runtime_error("odd number of hex digits");
  Bytes bytes(text.size() / 2);
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<uint8_t>(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  return bytes;
}

}  // namespace test
