// Walks over a superscalar program and asks a register set for each operation.
#pragma once

#include "../../../primitives/reciprocal.hpp"
#include "../../../superscalar/program.hpp"

namespace ibct::x86 {

// `Items` has a function for each operation on the registers r0 … r7, given by number.
template <typename Items>
void emitSuperscalar(Items& items, const SuperscalarInstruction& instruction) {
  const unsigned dst = instruction.dst;
  const unsigned src = instruction.src;
  const int32_t constant = static_cast<int32_t>(instruction.imm);
  switch (instruction.op) {
    case SuperscalarOp::isubR:
      return items.subtract(dst, src);
    case SuperscalarOp::ixorR:
      return items.exclusiveOr(dst, src);
    case SuperscalarOp::iaddRs:
      return items.addShifted(dst, src, instruction.shift());
    case SuperscalarOp::imulR:
      return items.multiply(dst, src);
    case SuperscalarOp::irorC:
      return items.rotateRight(dst, instruction.imm);
    case SuperscalarOp::iaddC7:
    case SuperscalarOp::iaddC8:
    case SuperscalarOp::iaddC9:
      return items.addConstant(dst, constant);
    case SuperscalarOp::ixorC7:
    case SuperscalarOp::ixorC8:
    case SuperscalarOp::ixorC9:
      return items.exclusiveOrConstant(dst, constant);
    case SuperscalarOp::imulhR:
      return items.multiplyHigh(dst, src);
    case SuperscalarOp::ismulhR:
      return items.multiplyHighSigned(dst, src);
    case SuperscalarOp::imulRcp:
      return items.multiplyConstant(dst, reciprocal(instruction.imm));
  }
}

template <typename Items>
void emitSuperscalar(Items& items, const SuperscalarProgram& program) {
  for (uint32_t i = 0; i < program.size; ++i) emitSuperscalar(items, program.code[i]);
}

}  // namespace ibct::x86
