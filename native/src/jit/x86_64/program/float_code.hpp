// How the floating-point half of a program is written. There are two ways to round:
// - control: SSE2, rounding as MXCSR says. CFROUND and a change of lanes write MXCSR, which waits
//   for everything before it.
// - embedded: AVX-512, the mode in each instruction (EVEX.RC, Intel SDM 2.7.5). Only whole zmm
//   registers can do that, so upper elements compute along and are never looked at. A program with
//   CFROUND needs one copy of its code for each mode.
#pragma once

#include <array>

#include "machine.hpp"

namespace ibct::x86 {

enum class Rounding : uint8_t { control, embedded };

// The registers a program finds its constants in.
struct LaneVectors {
  std::array<Vec, 4> a;
  Vec eSet;
};

// Lane 0 has the registers that SSE2 reaches; with embedded rounding every lane has its own.
constexpr LaneVectors laneVectors(unsigned lane, Rounding rounding) {
  if (lane == 0 || rounding == Rounding::control)
    return {{vec(8), vec(9), vec(10), vec(11)}, vec(14)};
  const unsigned first = 17 + 5 * (lane - 1);
  return {{vec(first), vec(first + 1), vec(first + 2), vec(first + 3)}, vec(first + 4)};
}

class FloatCode {
 public:
  FloatCode(Assembler& as, Rounding rounding) : as_(as), rounding_(rounding) {}

  bool embedded() const { return rounding_ == Rounding::embedded; }

  void load(Vec dst, Mem src) {
    if (embedded())
      as_.vload(Width::xmm, dst, src);
    else
      as_.movapd(dst, src);
  }
  void store(Mem dst, Vec src) {
    if (embedded())
      as_.vstore(Width::xmm, dst, src);
    else
      as_.movapd(dst, src);
  }
  // Two 32-bit integers to two doubles.
  void convert(Vec dst, Mem src) {
    if (embedded())
      as_.vop(kCvtdq2pd, Width::xmm, dst, vec(0), src);
    else
      as_.cvtdq2pd(dst, src);
  }
  // (dst & kEKeep) | eSet
  void maskE(Vec dst, Vec eSet) {
    if (embedded()) {
      as_.vternary(Width::xmm, dst, kEKeep, eSet, kAAndBOrC);
    } else {
      as_.andps(dst, kEKeep);
      as_.orps(dst, eSet);
    }
  }
  void xor_(Vec dst, Vec src) {
    if (embedded())
      as_.vop(kXorps, Width::xmm, dst, dst, src);
    else
      as_.xorps(dst, src);
  }
  void swapHalves(Vec dst) {
    if (embedded())
      as_.vswapDoubles(dst, dst);
    else
      as_.swapHalves(dst);
  }
  void aesEncrypt(Vec dst, Vec key) {
    if (embedded())
      as_.vop(kAesenc, Width::xmm, dst, dst, key);
    else
      as_.aesenc(dst, key);
  }
  void aesDecrypt(Vec dst, Vec key) {
    if (embedded())
      as_.vop(kAesdec, Width::xmm, dst, dst, key);
    else
      as_.aesdec(dst, key);
  }

  // What rounds. With embedded rounding it rounds in mode 0 until setMode().
  void add(Vec dst, Vec src) { embedded() ? rounded(kAddpd, dst, dst, src) : as_.addpd(dst, src); }
  void sub(Vec dst, Vec src) { embedded() ? rounded(kSubpd, dst, dst, src) : as_.subpd(dst, src); }
  void mul(Vec dst, Vec src) { embedded() ? rounded(kMulpd, dst, dst, src) : as_.mulpd(dst, src); }
  void div(Vec dst, Vec src) { embedded() ? rounded(kDivpd, dst, dst, src) : as_.divpd(dst, src); }
  void sqrt(Vec dst) { embedded() ? rounded(kSqrtpd, dst, vec(0), dst) : as_.sqrtpd(dst, dst); }

  // Rewrites the mode of all that has been written, in the copy of the code that begins `distance`
  // bytes after it.
  void setMode(size_t distance, unsigned mode) {
    for (size_t i = 0; i < count_; ++i) as_.setEmbeddedRounding(rounded_[i] + distance, mode);
  }

 private:
  static constexpr unsigned kAAndBOrC = 0xEA;

  void rounded(VecOp op, Vec dst, Vec a, Vec b) {
    rounded_[count_++] = as_.offset();
    as_.vopRounded(op, dst, a, b);
  }

  Assembler& as_;
  const Rounding rounding_;
  size_t count_ = 0;
  std::array<size_t, kMaxInstructions> rounded_;
};

}  // namespace ibct::x86
