// What AVX2 and AVX-512 do alike with items in vector registers: one item in each 64-bit element of
// r0 … r7, which are the registers from `kFirst` on; scratch are those from `kFirstScratch` on.
#pragma once

#include "../assembler.hpp"
#include "vector_chunk.hpp"

namespace ibct::x86 {

template <Width kWidth, unsigned kItems, unsigned kFirst, unsigned kFirstScratch>
class VectorItems {
 public:
  explicit VectorItems(Assembler& out) : out_(out) {}

  void useProgramConstants(VectorConstants& constants) { programConstants_ = &constants; }

  void subtract(unsigned dst, unsigned src) { out_.vop(kPsubq, kWidth, r(dst), r(dst), r(src)); }
  void exclusiveOr(unsigned dst, unsigned src) { out_.vop(kPxorq, kWidth, r(dst), r(dst), r(src)); }
  void addShifted(unsigned dst, unsigned src, unsigned shift) {
    if (shift != 0) out_.vshiftLeft(kWidth, t(0), r(src), shift);
    out_.vop(kPaddq, kWidth, r(dst), r(dst), shift != 0 ? t(0) : r(src));
  }

  void load() {
    for (unsigned i = 0; i < 8; ++i) out_.vload(kWidth, r(i), row(i));
  }
  void store() {
    for (unsigned i = 0; i < 8; ++i) out_.vstore(kWidth, row(i), r(i));
  }

 protected:
  static constexpr Vec r(unsigned index) { return vec(kFirst + index); }
  static constexpr Vec t(unsigned index) { return vec(kFirstScratch + index); }
  static constexpr Mem row(unsigned i) {
    return ptr(kChunkGroup, static_cast<int32_t>(8 * kItems * i));
  }
  static constexpr Mem offset(unsigned item) {
    return ptr(kChunkOffsets, static_cast<int32_t>(8 * item));
  }

  // Notes where the lines of these indices are, and calls for them. The mask is a register or in
  // memory.
  template <typename Mask>
  void callForLinesOf(Vec indices, Mask lineMask) {
    out_.vop(kPandq, kWidth, t(0), indices, lineMask);
    out_.vshiftLeft(kWidth, t(0), t(0), 6);
    out_.vstore(kWidth, offset(0), t(0));
    for (unsigned item = 0; item < kItems; ++item) {
      out_.mov(Reg::rax, offset(item));
      out_.prefetchNta(ptr(kChunkCache, Reg::rax));
    }
  }

  // Both parts that make up the upper halves of the products, from four 32 × 32-bit ones; changes
  // t0 … t5. `low32`: a mask, in a register or in memory.
  static constexpr Vec kUpper = t(5);
  static constexpr Vec kCarried = t(4);
  template <typename Mask>
  void multiplyUnsignedHigh(Vec a, Vec b, Mask low32) {
    const Vec aHigh = t(0), bHigh = t(1), low = t(2), cross = t(3);
    out_.vshiftRight(kWidth, aHigh, a, 32);
    out_.vshiftRight(kWidth, bHigh, b, 32);
    out_.vop(kPmuludq, kWidth, low, a, b);
    out_.vop(kPmuludq, kWidth, cross, aHigh, b);
    out_.vop(kPmuludq, kWidth, kCarried, a, bHigh);
    out_.vop(kPmuludq, kWidth, kUpper, aHigh, bHigh);
    out_.vshiftRight(kWidth, low, low, 32);
    out_.vop(kPaddq, kWidth, cross, cross, low);
    out_.vop(kPandq, kWidth, low, cross, low32);
    out_.vshiftRight(kWidth, cross, cross, 32);
    out_.vop(kPaddq, kWidth, kCarried, kCarried, low);
    out_.vop(kPaddq, kWidth, kUpper, kUpper, cross);
    out_.vshiftRight(kWidth, kCarried, kCarried, 32);
  }

  Assembler& out_;
  VectorConstants* programConstants_ = nullptr;
};

}  // namespace ibct::x86
