// Compiles the instructions of one program, without the loop around them.
#pragma once

#include <functional>
#include <vector>

#include "../../../cpu/features.hpp"
#include "float_code.hpp"
#include "machine.hpp"

namespace ibct::x86 {

// Code that stands before the instruction at `index`, on behalf of lanes that sleep. A CBRANCH may
// run it again. It may change rax, rbx, rcx, rdx, kTemporary and
// kWideLine.
struct Interlude {
  size_t index;
  std::function<void()> emit;
};

// The instructions that reach beyond level 2: stores, and loads from a constant address. None when
// there are too many.
struct FarAccesses {
  static constexpr size_t kMost = 24;
  size_t count = 0;
  size_t stores = 0;
  std::array<uint16_t, kMost + 1> at{};  // indices, in order
};

struct BodyOptions {
  unsigned lane;
  Rounding rounding;
  unsigned mode;  // in force when the code first runs
  CpuFeatures features;
  FarAccesses far;                    // their stores are deferred (machine.hpp)
  std::vector<Interlude> interludes;  // by index
};

bool changesRounding(const Program& program);

FarAccesses farAccesses(const Program& program);

// Where the code for each mode starts; all 0 when there is only one.
using BodyStarts = std::array<size_t, 4>;

// CFROUND changes the lane's mode and the CPU's; with embedded rounding, the lane's entry.
BodyStarts compileBody(Assembler& as, const Program& program, const BodyOptions& options);

// One instruction for lane 0, with rounding by control word; not for CBRANCH.
std::vector<uint8_t> compileAlone(const Instruction& in, bool bmi2);

}  // namespace ibct::x86
