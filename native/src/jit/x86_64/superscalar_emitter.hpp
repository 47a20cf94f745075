// Walks over a superscalar program and asks a register set for each operation.
#pragma once

#include "../../primitives/reciprocal.hpp"
#include "../../superscalar/program.hpp"

namespace ibct::x86 {

// `Lanes` has a function for each operation on the registers r0 … r7, given by number.
template <typename Lanes>
void emitSuperscalar(Lanes& lanes, const SuperscalarInstruction& instruction) {
  const unsigned dst = instruction.dst;
  const unsigned src = instruction.src;
  const int32_t constant = static_cast<int32_t>(instruction.imm);
  switch (instruction.op) {
    case SuperscalarOp::isubR:
      return lanes.subtract(dst, src);
    case SuperscalarOp::ixorR:
      return lanes.exclusiveOr(dst, src);
    case SuperscalarOp::iaddRs:
      return lanes.addShifted(dst, src, instruction.shift());
    case SuperscalarOp::imulR:
      return lanes.multiply(dst, src);
    case SuperscalarOp::irorC:
      return lanes.rotateRight(dst, instruction.imm);
    case SuperscalarOp::iaddC7:
    case SuperscalarOp::iaddC8:
    case SuperscalarOp::iaddC9:
      return lanes.addConstant(dst, constant);
    case SuperscalarOp::ixorC7:
    case SuperscalarOp::ixorC8:
    case SuperscalarOp::ixorC9:
      return lanes.exclusiveOrConstant(dst, constant);
    case SuperscalarOp::imulhR:
      return lanes.multiplyHigh(dst, src);
    case SuperscalarOp::ismulhR:
      return lanes.multiplyHighSigned(dst, src);
    case SuperscalarOp::imulRcp:
      return lanes.multiplyConstant(dst, reciprocal(instruction.imm));
  }
}

template <typename Lanes>
void emitSuperscalar(Lanes& lanes, const SuperscalarProgram& program) {
  for (uint32_t i = 0; i < program.size; ++i) emitSuperscalar(lanes, program.code[i]);
}

}  // namespace ibct::x86
