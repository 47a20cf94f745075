// Unkeyed Blake2b (RFC 7693).
#pragma once

#include <cstddef>
#include <cstdint>

namespace ibct {

// out: outLength bytes (1…64, enters the parameter block); in: any length, may be empty.
void blake2b(void* out, size_t outLength, const void* in, size_t inLength);

}  // namespace ibct
