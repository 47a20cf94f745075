// The order of the blocks, shared by all variants. A variant brings one function, compress, which
// makes a block of two others; see argon2d_portable.cpp for the plain form.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "argon2d.hpp"

namespace ibct {
// Everything here must stay inside its translation unit: each is compiled for another instruction
// set.
namespace {

struct alignas(64) Argon2Block {
  uint64_t words[kArgon2BlockBytes / 8];
};

constexpr uint32_t kSegmentBlocks = kArgon2Blocks / 4;

// Where the walk stands: `index` counts the blocks inside the slice.
struct Argon2Position {
  uint32_t pass = 0;
  uint32_t slice = 0;
  uint32_t index = 2;

  uint32_t block() const { return slice * kSegmentBlocks + index; }
  void advance() {
    if (++index < kSegmentBlocks) return;
    index = 0;
    if (++slice < 4) return;
    slice = 0;
    ++pass;
  }
  // The block to mix in, chosen by the first word of the previous block (RFC 9106, 3.4).
  uint32_t reference(uint64_t previousWord) const {
    const uint64_t area =
        (pass == 0 ? slice * kSegmentBlocks : 3 * kSegmentBlocks) + index - uint64_t{1};
    const uint64_t j1 = previousWord & 0xffffffff;
    const uint64_t distance = (area * ((j1 * j1) >> 32)) >> 32;
    const uint64_t start = pass == 0 || slice == 3 ? 0 : (slice + 1) * kSegmentBlocks;
    return static_cast<uint32_t>((start + area - 1 - distance) % kArgon2Blocks);
  }
};

// compress(previous, reference, current, keepOld): current = G(previous ^ reference), XORed with
// the old contents of current when keepOld.
template <typename Compress>
bool argon2dWalk(uint8_t* memory, const std::atomic<bool>& cancel, Compress compress) {
  Argon2Block* blocks = reinterpret_cast<Argon2Block*>(memory);
  Argon2Position here;
  const Argon2Block* previous = &blocks[1];
  while (here.pass < 3) {
    if (here.index % 1024 == 0 && cancel.load(std::memory_order_relaxed)) return false;
    Argon2Block& current = blocks[here.block()];
    const Argon2Block& reference = blocks[here.reference(previous->words[0])];
    const bool keepOld = here.pass != 0;
    compress(*previous, reference, current, keepOld);
    previous = &current;
    here.advance();
  }
  return true;
}

}  // namespace
}  // namespace ibct
