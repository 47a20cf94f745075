// SuperscalarHash programs (RandomX specification, chapter 6).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ibct {

enum class SuperscalarOp : uint8_t {
  isubR,
  ixorR,
  iaddRs,
  imulR,
  irorC,
  iaddC7,
  ixorC7,
  iaddC8,
  ixorC8,
  iaddC9,
  ixorC9,
  imulhR,
  ismulhR,
  imulRcp,
};

struct SuperscalarInstruction {
  SuperscalarOp op;
  uint8_t dst;
  uint8_t src;  // = dst for kinds without source
  uint8_t mod;
  uint32_t imm;  // imulRcp: the divisor

  unsigned shift() const { return (mod >> 2) & 3; }  // iaddRs
};
static_assert(sizeof(SuperscalarInstruction) == 8);

struct SuperscalarProgram {
  std::array<SuperscalarInstruction, 512> code;
  uint32_t size = 0;
  uint8_t addressRegister = 0;
  std::vector<uint64_t> reciprocals;  // one for each imulRcp, in the order of the program
};

class BlakeGenerator;

// Draws the next program. A key's eight programs come one after the other from one source.
SuperscalarProgram generateSuperscalar(BlakeGenerator& source);

// Runs the program once on the eight registers.
void runSuperscalar(const SuperscalarProgram& program, uint64_t r[8]);

}  // namespace ibct
