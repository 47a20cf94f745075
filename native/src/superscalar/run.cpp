#include "../primitives/bytes.hpp"
#include "../primitives/wide_multiply.hpp"
#include "program.hpp"

namespace ibct {
namespace {

uint64_t signExtend(uint32_t value) {
  return static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(value)));
}

}  // namespace

void runSuperscalar(const SuperscalarProgram& program, uint64_t r[8]) {
  const uint64_t* nextReciprocal = program.reciprocals.data();
  for (uint32_t i = 0; i < program.size; ++i) {
    const SuperscalarInstruction& instruction = program.code[i];
    uint64_t& dst = r[instruction.dst];
    const uint64_t src = r[instruction.src];
    switch (instruction.op) {
      case SuperscalarOp::isubR:
        dst -= src;
        break;
      case SuperscalarOp::ixorR:
        dst ^= src;
        break;
      case SuperscalarOp::iaddRs:
        dst += src << instruction.shift();
        break;
      case SuperscalarOp::imulR:
        dst *= src;
        break;
      case SuperscalarOp::irorC:
        dst = rotateRight(dst, instruction.imm);
        break;
      case SuperscalarOp::iaddC7:
      case SuperscalarOp::iaddC8:
      case SuperscalarOp::iaddC9:
        dst += signExtend(instruction.imm);
        break;
      case SuperscalarOp::ixorC7:
      case SuperscalarOp::ixorC8:
      case SuperscalarOp::ixorC9:
        dst ^= signExtend(instruction.imm);
        break;
      case SuperscalarOp::imulhR:
        dst = multiplyHigh(dst, src);
        break;
      case SuperscalarOp::ismulhR:
        dst = multiplyHighSigned(dst, src);
        break;
      case SuperscalarOp::imulRcp:
        dst *= *nextReciprocal++;
        break;
    }
  }
}

}  // namespace ibct
