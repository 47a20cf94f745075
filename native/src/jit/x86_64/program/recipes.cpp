#if defined(__x86_64__)

#include "recipes.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "body_compiler.hpp"

namespace ibct::x86 {
namespace {

// Long enough for no short form to be chosen; the lowest bits differ from those of kOther.
constexpr uint32_t kSome = 0x40302010;
constexpr uint32_t kOther = kSome + 1;

enum class Kind : uint8_t { none, plain, rotation, memory, floating };

Kind kindOf(Op op) {
  switch (op) {
    case Op::iaddRs:
    case Op::isubR:
    case Op::imulR:
    case Op::imulhR:
    case Op::ismulhR:
    case Op::inegR:
    case Op::ixorR:
    case Op::iswapR:
      return Kind::plain;
    case Op::irorR:
    case Op::irolR:
      return Kind::rotation;
    case Op::iaddM:
    case Op::isubM:
    case Op::imulM:
    case Op::imulhM:
    case Op::ismulhM:
    case Op::ixorM:
    case Op::istore:
      return Kind::memory;
    case Op::fswapR:
    case Op::faddR:
    case Op::faddM:
    case Op::fsubR:
    case Op::fsubM:
    case Op::fscalR:
    case Op::fmulR:
    case Op::fdivM:
    case Op::fsqrtR:
      return Kind::floating;
    case Op::nop:
    case Op::imulRcp:
    case Op::cbranch:
    case Op::cfround:
      break;
  }
  return Kind::none;
}

// Compares what the assembler makes of an instruction with what it makes of one that differs in one
// respect.
class Learner {
 public:
  Learner(Instruction in, bool bmi2) : in_(in), bmi2_(bmi2), code_(compileAlone(in, bmi2)) {}

  Recipe learn(Kind kind) {
    Recipe recipe;
    if (code_.size() > recipe.code.size()) throw std::logic_error("an instruction is too long");
    std::copy(code_.begin(), code_.end(), recipe.code.begin());
    recipe.length = static_cast<uint8_t>(code_.size());
    const std::vector<uint8_t> dst = changed([](Instruction& in) { in.dst = 1; });
    const std::vector<uint8_t> src = changed([](Instruction& in) { in.src = 1; });
    const std::vector<uint8_t> shift = changed([](Instruction& in) { in.shift = 1; });
    Recipe::Holes& holes = recipe.holes;
    size_t hole = 0;
    for (size_t i = 0; i < code_.size(); ++i) {
      const auto difference = [this, i](const std::vector<uint8_t>& other) {
        return uint32_t{static_cast<uint8_t>(other[i] - code_[i])};
      };
      const uint32_t byDst = difference(dst);
      const uint32_t bySrc = difference(src);
      const uint32_t byShift = difference(shift);
      if (byDst + bySrc + byShift == 0) continue;
      if (code_[i] + (kind == Kind::floating ? 3 : 7) * byDst + 7 * bySrc + 3 * byShift > 255)
        throw std::logic_error("a byte of an instruction overflows");
      holes.at.at(hole) = static_cast<uint8_t>(i);
      holes.bytes |= uint32_t{code_[i]} << 8 * hole;
      holes.byDst |= byDst << 8 * hole;
      holes.bySrc |= bySrc << 8 * hole;
      holes.byShift |= byShift << 8 * hole;
      ++hole;
    }
    find(recipe.immAt, [](Instruction& in) { in.imm = static_cast<int32_t>(kOther); });
    if (!in_.usesImmediate) find(recipe.maskAt, [](Instruction& in) { in.mask = kOther; });
    if (kind == Kind::rotation) recipe.immBits = 63;
    if (kind == Kind::memory && in_.usesImmediate) recipe.immBits = 0;
    return recipe;
  }

 private:
  template <typename Change>
  std::vector<uint8_t> changed(Change change) const {
    Instruction other = in_;
    change(other);
    return compileAlone(other, bmi2_);
  }

  template <typename Change>
  void find(uint8_t& place, Change change) const {
    const std::vector<uint8_t> other = changed(change);
    const auto differing = std::mismatch(code_.begin(), code_.end(), other.begin()).first;
    if (differing != code_.end()) place = static_cast<uint8_t>(differing - code_.begin());
  }

  const Instruction in_;
  const bool bmi2_;
  const std::vector<uint8_t> code_;
};

}  // namespace

// With embedded rounding the registers of floating-point code differ from lane to lane.
Recipes::Recipes(bool bmi2, Rounding rounding) {
  for (size_t op = 0; op < kOps; ++op) {
    for (const bool usesImmediate : {false, true}) {
      Instruction in;
      in.op = static_cast<Op>(op);
      in.usesImmediate = usesImmediate;
      in.imm = static_cast<int32_t>(kSome);
      in.mask = usesImmediate ? ~uint32_t{0} : kSome;
      const Kind kind = kindOf(in.op);
      if (kind == Kind::none || (kind == Kind::floating && rounding == Rounding::embedded))
        continue;
      table_[index(in)] = Learner(in, bmi2).learn(kind);
    }
  }
}

const Recipes& recipesFor(bool bmi2, Rounding rounding) {
  static const Recipes all[2][2] = {{{false, Rounding::control}, {false, Rounding::embedded}},
                                    {{true, Rounding::control}, {true, Rounding::embedded}}};
  return all[bmi2 ? 1 : 0][rounding == Rounding::embedded ? 1 : 0];
}

}  // namespace ibct::x86

#endif
