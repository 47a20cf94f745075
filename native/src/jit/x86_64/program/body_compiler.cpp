#if defined(__x86_64__)

#include "body_compiler.hpp"

#include <algorithm>

#include "../../../primitives/reciprocal.hpp"
#include "recipes.hpp"

namespace ibct::x86 {
namespace {

class BodyCompiler {
 public:
  BodyCompiler(Assembler& as, const Program& program, const BodyOptions& options,
               const Recipes* recipes)
      : as_(as),
        program_(program),
        options_(options),
        float_(as, options.rounding),
        vectors_(laneVectors(options.lane, options.rounding)),
        bmi2_(options.features.bmi2),
        recipes_(recipes) {}

  BodyStarts compile() {
    if (!float_.embedded() || !changesRounding(program_)) {
      instructions();
      if (float_.embedded()) float_.setMode(0, options_.mode);
      return {};
    }
    as_.jump(field(offsetof(LaneContext, entry)));
    return copyForEachMode();
  }

 private:
  static constexpr size_t kCodeAlignment = 64;

  void instructions() {
    size_t next = 0;
    for (const Interlude& interlude : options_.interludes) {
      stretch(next, interlude.index);
      interlude.emit();
      next = interlude.index;
    }
    stretch(next, program_.size);
  }

  void stretch(size_t from, size_t to) {
    for (; nextFar_ < options_.far.count && options_.far.at[nextFar_] < to; ++nextFar_) {
      const size_t index = options_.far.at[nextFar_];
      if (program_.code[index].op != Op::istore) continue;
      instructions(from, index);
      deferStore(index);
      from = index + 1;
    }
    instructions(from, to);
  }

  void instructions(size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      const Instruction& in = program_.code[i];
      starts_[i] = static_cast<uint32_t>(as_.offset());
      const Recipe& recipe = recipes_->of(in);
      if (recipe.length != 0)
        recipe.write(as_, in);
      else
        instruction(in);
    }
  }

  BodyStarts copyForEachMode() {
    as_.align(kCodeAlignment);
    const size_t begin = as_.offset();
    begin_ = begin;
    instructions();
    const size_t out = as_.jumpForward();
    as_.align(kCodeAlignment);
    const size_t length = as_.offset() - begin;
    BodyStarts starts{begin};
    for (unsigned mode = 1; mode < 4; ++mode) {
      starts[mode] = as_.offset();
      as_.repeat(begin, begin + length);
      float_.setMode(mode * length, mode);
    }
    for (unsigned mode = 0; mode < 4; ++mode) as_.land(out + mode * length);
    return starts;
  }

  Mem field(size_t offset) const { return laneField(options_.lane, offset); }

 public:
  void instruction(const Instruction& in) {
    const Reg dst = vmReg(in.dst);
    const Reg src = vmReg(in.src);
    switch (in.op) {
      case Op::nop:
        break;
      case Op::iaddRs:
        as_.lea(dst, ptr(dst, src, in.usesImmediate ? in.imm : 0, in.shift));
        break;
      case Op::iaddM:
        as_.add(dst, operand(in));
        break;
      case Op::isubR:
        if (in.usesImmediate)
          as_.sub(dst, in.imm);
        else
          as_.sub(dst, src);
        break;
      case Op::isubM:
        as_.sub(dst, operand(in));
        break;
      case Op::imulR:
        if (in.usesImmediate)
          as_.imul(dst, dst, in.imm);
        else
          as_.imul(dst, src);
        break;
      case Op::imulM:
        as_.imul(dst, operand(in));
        break;
      case Op::imulhR:
        highProduct(dst, src);
        break;
      case Op::imulhM:
        highProduct(dst, operand(in, Reg::rcx));
        break;
      case Op::ismulhR:
        signedHighProduct(dst, src);
        break;
      case Op::ismulhM:
        signedHighProduct(dst, operand(in, Reg::rcx));
        break;
      case Op::imulRcp:
        as_.mov(Reg::rax, reciprocal(static_cast<uint32_t>(in.imm)));
        as_.imul(dst, Reg::rax);
        break;
      case Op::inegR:
        as_.neg(dst);
        break;
      case Op::ixorR:
        if (in.usesImmediate)
          as_.xor_(dst, in.imm);
        else
          as_.xor_(dst, src);
        break;
      case Op::ixorM:
        as_.xor_(dst, operand(in));
        break;
      case Op::irorR:
        if (in.usesImmediate) {
          as_.ror(dst, static_cast<unsigned>(in.imm) & 63);
        } else {
          as_.mov32(Reg::rcx, src);
          as_.rorCl(dst);
        }
        break;
      case Op::irolR:
        if (in.usesImmediate) {
          as_.rol(dst, static_cast<unsigned>(in.imm) & 63);
        } else {
          as_.mov32(Reg::rcx, src);
          as_.rolCl(dst);
        }
        break;
      case Op::iswapR:
        as_.xchg(dst, src);
        break;
      case Op::fswapR:
        float_.swapHalves(vec(in.dst));
        break;  // e follows f
      case Op::faddR:
        float_.add(fReg(in.dst), vectors_.a[in.src]);
        break;
      case Op::faddM:
        float_.convert(kTemporary, operand(in));
        float_.add(fReg(in.dst), kTemporary);
        break;
      case Op::fsubR:
        float_.sub(fReg(in.dst), vectors_.a[in.src]);
        break;
      case Op::fsubM:
        float_.convert(kTemporary, operand(in));
        float_.sub(fReg(in.dst), kTemporary);
        break;
      case Op::fscalR:
        float_.xor_(fReg(in.dst), kScale);
        break;
      case Op::fmulR:
        float_.mul(eReg(in.dst), vectors_.a[in.src]);
        break;
      case Op::fdivM:
        float_.convert(kTemporary, operand(in));
        float_.maskE(kTemporary, vectors_.eSet);
        float_.div(eReg(in.dst), kTemporary);
        break;
      case Op::fsqrtR:
        float_.sqrt(eReg(in.dst));
        break;
      case Op::cbranch:
        as_.add(dst, in.imm);
        as_.test32(dst, static_cast<int32_t>(kConditionMask << in.shift));
        jumpBack(in.target);
        break;
      case Op::cfround:
        changeRounding(src, static_cast<unsigned>(in.imm) & 63);
        break;
      case Op::istore:
        as_.lea32(Reg::rax, ptrOfSameLength(dst, in.imm));
        as_.and32(Reg::rax, static_cast<int32_t>(in.mask));
        as_.mov(ptr(kScratchpad, Reg::rax), src);
        break;
    }
  }

 private:
  // What the iteration may read again is stored at once, everything else is noted; both without a
  // branch, what does not apply goes nowhere. That is all that loads of level 1 and 2 reach, and
  // where loads from constant addresses read that follow: those before a store meet it only in a
  // loop, and stores are done before a loop runs again (jumpBack).
  void deferStore(size_t index) {
    const Instruction& in = program_.code[index];
    const Reg src = vmReg(in.src);
    starts_[index] = static_cast<uint32_t>(as_.offset());
    as_.lea32(Reg::rax, ptrOfSameLength(vmReg(in.dst), in.imm));
    as_.and32(Reg::rax, static_cast<int32_t>(in.mask));
    as_.mov32(Reg::rcx, Reg::rax);
    as_.xor32(Reg::rdx, Reg::rdx);
    for (size_t i = nextFar_ + 1; i < options_.far.count; ++i) {
      const Instruction& other = program_.code[options_.far.at[i]];
      if (other.op == Op::istore) continue;
      as_.cmp32(Reg::rax, static_cast<int32_t>(static_cast<uint32_t>(other.imm) & other.mask));
      as_.moveIf(Condition::zero, Reg::rcx, Reg::rdx);
    }
    as_.add(Reg::rax, kScratchpad);
    as_.lea(Reg::rdx, field(offsetof(LaneContext, nowhere)));
    as_.cmp32(Reg::rcx, static_cast<int32_t>(kL2Mask));
    as_.mov(Reg::rcx, Reg::rdx);
    as_.moveIf(Condition::notAbove, Reg::rcx, Reg::rax);
    as_.moveIf(Condition::notAbove, Reg::rax, Reg::rdx);
    as_.mov(ptr(Reg::rcx), src);
    as_.mov(field(storeAt(deferred_)), Reg::rax);
    as_.mov(field(storeValueAt(deferred_)), src);
    as_.prefetchW(ptr(Reg::rax));
    lastDeferred_ = index;
    ++deferred_;
  }

  void jumpBack(size_t target) {
    if (deferred_ == 0 || lastDeferred_ < target) {
      as_.jump(Condition::zero, starts_[target]);
      return;
    }
    const size_t goOn = as_.jumpForward(Condition::notZero);
    as_.lea(Reg::rdx, field(offsetof(LaneContext, nowhere)));
    for (size_t i = 0; i < deferred_; ++i) {
      as_.mov(Reg::rax, field(storeAt(i)));
      as_.mov(Reg::rcx, field(storeValueAt(i)));
      as_.mov(ptr(Reg::rax), Reg::rcx);
      as_.mov(field(storeAt(i)), Reg::rdx);
    }
    as_.jump(starts_[target]);
    as_.land(goOn);
  }

  // The memory operand, its address computed in `temporary` unless it is constant.
  Mem operand(const Instruction& in, Reg temporary = Reg::rax) {
    if (in.usesImmediate) {
      return ptr(kScratchpad, static_cast<int32_t>(static_cast<uint32_t>(in.imm) & in.mask));
    }
    as_.lea32(temporary, ptrOfSameLength(vmReg(in.src), in.imm));
    as_.and32(temporary, static_cast<int32_t>(in.mask));
    return ptr(kScratchpad, temporary);
  }

  template <typename Operand>
  void highProduct(Reg dst, Operand src) {
    if (bmi2_) {
      as_.mov(Reg::rdx, dst);
      as_.mulx(dst, Reg::rax, src);
    } else {
      as_.mov(Reg::rax, dst);
      as_.mul(src);
      as_.mov(dst, Reg::rdx);
    }
  }

  template <typename Operand>
  void signedHighProduct(Reg dst, Operand src) {
    as_.mov(Reg::rax, dst);
    as_.imul1(src);
    as_.mov(dst, Reg::rdx);
  }

  // Rotates the two mode bits straight to where they are needed.
  void changeRounding(Reg src, unsigned count) {
    const unsigned place = float_.embedded() ? 0 : kModeOffsetShift;
    const unsigned toPlace = (count - place) & 63;
    if (bmi2_) {
      as_.rorx(Reg::rax, src, toPlace);
    } else {
      as_.mov(Reg::rax, src);
      if (toPlace != 0) as_.ror(Reg::rax, toPlace);
    }
    size_t forbidden = 0;
    if (program_.version == Version::v2) {
      as_.test32(Reg::rax, 0x3C << place);
      forbidden = as_.jumpForward(Condition::notZero);
    }
    as_.and32(Reg::rax, 3 << place);
    if (float_.embedded())
      goOnInOtherCopy();
    else
      writeControlWord();
    if (program_.version == Version::v2) as_.land(forbidden);
  }

  // Where ldmxcsr is slow a branch around it pays, mispredictions included.
  void writeControlWord() {
    const Mem inForce = field(offsetof(LaneContext, modeOffset));
    size_t unchanged = 0;
    if (!options_.features.fastControlWord) {
      as_.cmp32(Reg::rax, inForce);
      unchanged = as_.jumpForward(Condition::zero);
    }
    as_.mov32(inForce, Reg::rax);
    as_.ldmxcsr(controlWord(Reg::rax));
    if (unchanged != 0) as_.land(unchanged);
  }
  void goOnInOtherCopy() {
    Mem start = field(offsetof(LaneContext, entries));
    start.index = Reg::rax;
    start.scale = 3;
    as_.mov(Reg::rax, start);
    as_.mov(field(offsetof(LaneContext, entry)), Reg::rax);
    const size_t distance = as_.addLater(Reg::rax);
    as_.jump(Reg::rax);
    as_.fill(distance, as_.offset() - begin_);
  }

  Assembler& as_;
  const Program& program_;
  const BodyOptions& options_;
  FloatCode float_;
  const LaneVectors vectors_;
  const bool bmi2_;
  const Recipes* recipes_;
  size_t begin_ = 0;
  size_t nextFar_ = 0;
  size_t deferred_ = 0;
  size_t lastDeferred_ = 0;
  std::array<uint32_t, kMaxInstructions> starts_;
};

}  // namespace

bool changesRounding(const Program& program) {
  const auto end = program.code.begin() + static_cast<ptrdiff_t>(program.size);
  return std::any_of(program.code.begin(), end,
                     [](const Instruction& in) { return in.op == Op::cfround; });
}

FarAccesses farAccesses(const Program& program) {
  FarAccesses far;
  size_t found = 0;
  for (size_t i = 0; i < program.size; ++i) {  // without a branch that nothing foretells
    far.at[std::min(found, FarAccesses::kMost)] = static_cast<uint16_t>(i);
    found += program.code[i].mask > kL2Mask ? 1 : 0;
  }
  for (size_t i = 0; i < std::min(found, FarAccesses::kMost); ++i)
    far.stores += program.code[far.at[i]].op == Op::istore ? 1 : 0;
  if (found > FarAccesses::kMost || far.stores > kMaxDeferredStores) return {};
  far.count = found;
  return far;
}

BodyStarts compileBody(Assembler& as, const Program& program, const BodyOptions& options) {
  return BodyCompiler(as, program, options, &recipesFor(options.features.bmi2, options.rounding))
      .compile();
}

std::vector<uint8_t> compileAlone(const Instruction& in, bool bmi2) {
  std::vector<uint8_t> code(256);
  Assembler as(code.data(), code.size());
  CpuFeatures features{};
  features.bmi2 = bmi2;
  const Program none{};
  BodyCompiler(as, none, {0, Rounding::control, 0, features, {}, {}}, nullptr).instruction(in);
  code.resize(as.offset());
  return code;
}

}  // namespace ibct::x86

#endif
