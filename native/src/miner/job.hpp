// What hashing threads work on.
#pragma once

#include <randomx_native.h>

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace ibct {

enum class Algorithm : uint8_t { rx0, rx2, cn1 };

struct Key {
  uint8_t bytes[RXN_KEY_BYTES] = {};
  uint32_t size = 0;

  friend bool operator==(const Key& a, const Key& b) {
    return a.size == b.size && std::memcmp(a.bytes, b.bytes, a.size) == 0;
  }
  friend bool operator!=(const Key& a, const Key& b) { return !(a == b); }
};

// Copied word by word through JobSlot, hence trivially copyable and a multiple of 8 bytes.
struct Job {
  uint64_t number = 0;  // 0: no job
  uint64_t workNumber =
      0;  // changes with key or algorithm: threads hash only what they are prepared for
  uint64_t target = 0;  // share iff the little-endian u64 of result bytes 24…31 is below
  Algorithm algorithm = Algorithm::rx0;
  uint8_t reservedNonceBytes = 0;
  uint16_t nonceSpace = 0;  // index into NonceSpaces
  uint16_t blobBytes = 0;
  uint16_t nonceOffset = 0;
  uint8_t blob[RXN_BLOB_BYTES] = {};

  // How many nonces there are beside the reserved bytes.
  uint64_t nonceCount() const { return uint64_t{1} << (32 - 8 * reservedNonceBytes); }

  // The blob with the counter's value in its free nonce bytes.
  void writeBlob(uint64_t counter, uint8_t* out) const {
    std::memcpy(out, blob, blobBytes);
    for (unsigned i = 0; i < 4u - reservedNonceBytes; ++i) {
      out[nonceOffset + i] = static_cast<uint8_t>(counter >> (8 * i));
    }
  }
};
static_assert(std::is_trivially_copyable_v<Job> && sizeof(Job) % 8 == 0);

inline bool meetsTarget(const uint8_t result[32], uint64_t target) {
  uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= uint64_t{result[24 + i]} << (8 * i);
  return value < target;
}

}  // namespace ibct
