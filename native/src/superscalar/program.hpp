// SuperscalarHash programs (spec chapter 6, NOTES.md chapters 3 and 4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ibct {

enum class SuperscalarOp : uint8_t {
  isubR, ixorR, iaddRs, imulR, irorC, iaddC7, ixorC7, iaddC8, ixorC8, iaddC9, ixorC9, imulhR, ismulhR, imulRcp,
};

struct SuperscalarInstruction {
  SuperscalarOp op;
  uint8_t dst;
  uint8_t src;
  uint8_t mod;
  uint32_t imm;
};
static_assert(sizeof(SuperscalarInstruction) == 8);

struct SuperscalarProgram {
  std::array<SuperscalarInstruction, 512> code;
  uint32_t size = 0;
  uint8_t addressRegister = 0;
};

}  // namespace ibct
