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
  // Up to three bytes depend on registers or on the shift of IADD_RS, too: what each of these is
  // multiplied by, a byte for each of the three. No sum leaves its byte. Places that are not needed
  // lie beyond the code.
  struct Holes {
    uint32_t bytes = 0;
    uint32_t byDst = 0;
    uint32_t bySrc = 0;
    uint32_t byShift = 0;
    std::array<uint8_t, 3> at{{36, 37, 38}};
  };

  std::array<uint8_t, Assembler::kLongestCopy> code{};
  Holes holes;
  uint8_t length = 0;             // 0: no recipe
  uint8_t immAt = 40;             // 32 bits
  uint8_t maskAt = 44;            // 32 bits
  uint32_t immBits = 0xFFFFFFFF;  // that count; 0: those of the instruction's mask

  void write(Assembler& as, const Instruction& in) const {
    uint8_t* to = as.copy(code, length);
    // The bytes are taken from here: what has just been written is slow to come back.
    const uint32_t bytes =
        holes.bytes + holes.byDst * in.dst + holes.bySrc * in.src + holes.byShift * in.shift;
    to[holes.at[0]] = static_cast<uint8_t>(bytes);
    to[holes.at[1]] = static_cast<uint8_t>(bytes >> 8);
    to[holes.at[2]] = static_cast<uint8_t>(bytes >> 16);
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
