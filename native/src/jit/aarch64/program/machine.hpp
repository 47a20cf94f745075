// What generated code assumes: which register holds what, and the memory it shares with C++.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "../../../vm/program.hpp"
#include "../assembler.hpp"

namespace ibct::a64 {

// The registers of a virtual machine. HACKING.md draws them all.
struct Lane {
  unsigned firstR;
  unsigned firstF;  // e0 follows f3
  unsigned firstA;
  Vec eSet;  // ORed into E operands
  Reg scratchpad;
  Reg fpcr;  // its rounding mode, as the control register has it

  constexpr Reg r(unsigned number) const { return x(firstR + number); }
  constexpr Vec f(unsigned number) const { return v(firstF + number); }
  constexpr Vec e(unsigned number) const { return v(firstF + 4 + number); }
  constexpr Vec a(unsigned number) const { return v(firstA + number); }
};

// What all loops have in common. Temporaries are free between two instructions.
constexpr Reg kTemporary = x(9);
constexpr Reg kTemporary2 = x(10);
constexpr Reg kTemporary3 = x(11);
constexpr Vec kOperand = v(24);
constexpr Vec kEKeep = v(25);  // ANDed into E operands
constexpr Vec kScale = v(26);  // FSCAL_R

inline void maskE(Assembler& as, Vec operand, Vec eSet) {
  as.bitAnd(operand, operand, kEKeep);
  as.bitOr(operand, operand, eSet);
}

struct alignas(64) LaneContext {
  RegisterFile registers;
  std::array<uint64_t, 2> eSet;
  uint8_t* scratchpad;
  const uint8_t* source;  // the dataset from this program's offset on, or the cache's memory
  uint64_t fpcr;
  uint32_t ma;
  uint32_t mx;  // above ma: some code loads both at once
};
static_assert(offsetof(LaneContext, mx) == offsetof(LaneContext, ma) + 4);

struct alignas(64) Context {
  std::array<uint64_t, 2> eKeep;
  std::array<uint64_t, 2> scale;
  const void* makeItem;   // itemEntry(); null with a dataset
  const void* mixSoftly;  // version 2 without AES: void (uint8_t* f, const uint8_t* e)
  uint64_t callersFpcr;
  uint32_t iterations;
  std::array<uint64_t, 8> saved;  // across calls of C++
  std::array<LaneContext, 2> lanes;
};

constexpr size_t laneAt(unsigned lane, size_t offset) {
  return offsetof(Context, lanes) + lane * sizeof(LaneContext) + offset;
}
constexpr size_t rAt(unsigned lane, unsigned i) {
  return laneAt(lane, offsetof(LaneContext, registers) + offsetof(RegisterFile, r) + 8 * i);
}
constexpr size_t fAt(unsigned lane, unsigned i) {
  return laneAt(lane, offsetof(LaneContext, registers) + offsetof(RegisterFile, f) + 16 * i);
}
constexpr size_t eAt(unsigned lane, unsigned i) {
  return laneAt(lane, offsetof(LaneContext, registers) + offsetof(RegisterFile, e) + 16 * i);
}
constexpr size_t aAt(unsigned lane, unsigned i) {
  return laneAt(lane, offsetof(LaneContext, registers) + offsetof(RegisterFile, a) + 16 * i);
}

// The field of the control register that holds the rounding mode; its two codings of "down" and
// "up" are the other way round than RandomX's.
constexpr unsigned kModeShift = 22;
constexpr std::array<uint64_t, 4> kFpcrOfMode = {
    0, uint64_t{2} << kModeShift, uint64_t{1} << kModeShift, uint64_t{3} << kModeShift};

}  // namespace ibct::a64
