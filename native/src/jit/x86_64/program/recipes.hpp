// What most instructions of a program are in machine code, with holes for what differs: a table
// that the assembler writes once. What compiling costs are caches that the loop leaves cold and
// branches that cannot be foretold, and here there is little of either.
#pragma once

#include <array>
#include <cstring>

#include "../../../vm/program.hpp"
#include "float_code.hpp"

namespace ibct::x86 {

struct alignas(64) Recipe {
  // A byte that also depends on registers or on the shift of IADD_RS: these are added, times a
  // factor. The places that are not needed lie beyond the code.
  struct Hole {
    uint8_t at;
    uint8_t dst = 0;
    uint8_t src = 0;
    uint8_t shift = 0;
  };

  std::array<uint8_t, Assembler::kLongestCopy> code{};
  uint8_t length = 0;   // 0: no recipe
  uint8_t immAt = 40;   // 32 bits
  uint8_t maskAt = 44;  // 32 bits
  std::array<Hole, 3> holes{{{36}, {37}, {38}}};
  uint32_t immBits = 0xFFFFFFFF;  // that count; 0: those of the instruction's mask

  void write(Assembler& as, const Instruction& in) const {
    uint8_t* to = as.copy(code, length);
    // The byte is taken from here: one just written is slow to come back.
    for (const Hole& hole : holes)
      to[hole.at] = static_cast<uint8_t>(code[hole.at] + in.dst * hole.dst + in.src * hole.src +
                                         in.shift * hole.shift);
    const uint32_t imm = static_cast<uint32_t>(in.imm) & (immBits | in.mask);
    std::memcpy(to + immAt, &imm, 4);
    std::memcpy(to + maskAt, &in.mask, 4);
  }
};
static_assert(sizeof(Recipe) == 64);

class Recipes {
 public:
  Recipes(bool bmi2, Rounding rounding);

  const Recipe& of(const Instruction& in) const { return table_[index(in)]; }

 private:
  static constexpr size_t kOps = 30;
  static size_t index(const Instruction& in) {
    return 2 * static_cast<size_t>(in.op) + (in.usesImmediate ? 1 : 0);
  }

  std::array<Recipe, 2 * kOps> table_;
};

// Made at the first call.
const Recipes& recipesFor(bool bmi2, Rounding rounding);

}  // namespace ibct::x86
