#if defined(__aarch64__)

#include "body_compiler.hpp"

#include "../../../primitives/reciprocal.hpp"

namespace ibct::a64 {
namespace {

class BodyCompiler {
 public:
  BodyCompiler(Assembler& as, const Program& program, const Lane& lane)
      : as_(as), program_(program), lane_(lane) {}

  void compile(const Interlude& interlude) {
    const size_t place = unrepeated(interlude.index);
    instructions(0, place);
    interlude.emit();
    instructions(place, program_.size);
  }

 private:
  // The first place from `index` on that is within no CBRANCH's loop. (Loops do not overlap, so one
  // of their ends is near.)
  size_t unrepeated(size_t index) const {
    for (size_t i = index; i < program_.size; ++i)
      if (program_.code[i].op == Op::cbranch && program_.code[i].target < index) index = i + 1;
    return index;
  }

  void instructions(size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      starts_[i] = as_.offset();
      instruction(program_.code[i]);
    }
  }

  void instruction(const Instruction& in) {
    const Reg dst = lane_.r(in.dst);
    const Reg src = lane_.r(in.src);
    const Vec f = lane_.f(in.dst);  // for FSWAP_R e, too
    const Vec e = lane_.e(in.dst);
    const Vec a = lane_.a(in.src);
    switch (in.op) {
      case Op::nop:
        break;
      case Op::iaddRs:
        as_.add(dst, dst, src, in.shift);
        if (in.usesImmediate) as_.addImmediate(dst, dst, in.imm, kTemporary);
        break;
      case Op::iaddM:
        as_.add(dst, dst, memory(in));
        break;
      case Op::isubR:
        if (in.usesImmediate)
          as_.addImmediate(dst, dst, -int64_t{in.imm}, kTemporary);
        else
          as_.sub(dst, dst, src);
        break;
      case Op::isubM:
        as_.sub(dst, dst, memory(in));
        break;
      case Op::imulR:
        as_.mul(dst, dst, operand(in));
        break;
      case Op::imulM:
        as_.mul(dst, dst, memory(in));
        break;
      case Op::imulhR:
        as_.umulh(dst, dst, src);
        break;
      case Op::imulhM:
        as_.umulh(dst, dst, memory(in));
        break;
      case Op::ismulhR:
        as_.smulh(dst, dst, src);
        break;
      case Op::ismulhM:
        as_.smulh(dst, dst, memory(in));
        break;
      case Op::imulRcp:
        as_.mov(kTemporary, reciprocal(static_cast<uint32_t>(in.imm)));
        as_.mul(dst, dst, kTemporary);
        break;
      case Op::inegR:
        as_.neg(dst, dst);
        break;
      case Op::ixorR:
        as_.exclusiveOr(dst, dst, operand(in));
        break;
      case Op::ixorM:
        as_.exclusiveOr(dst, dst, memory(in));
        break;
      case Op::irorR:
        if (in.usesImmediate)
          as_.ror(dst, dst, static_cast<unsigned>(in.imm) & 63);
        else
          as_.ror(dst, dst, src);
        break;
      case Op::irolR:
        if (in.usesImmediate) {
          as_.ror(dst, dst, -static_cast<unsigned>(in.imm) & 63);
        } else {
          as_.neg(kTemporary, src);
          as_.ror(dst, dst, kTemporary);
        }
        break;
      case Op::iswapR:
        as_.mov(kTemporary, dst);
        as_.mov(dst, src);
        as_.mov(src, kTemporary);
        break;
      case Op::fswapR:
        as_.swapHalves(f);
        break;
      case Op::faddR:
        as_.fadd(f, f, a);
        break;
      case Op::faddM:
        loadFloats(in);
        as_.fadd(f, f, kOperand);
        break;
      case Op::fsubR:
        as_.fsub(f, f, a);
        break;
      case Op::fsubM:
        loadFloats(in);
        as_.fsub(f, f, kOperand);
        break;
      case Op::fscalR:
        as_.exclusiveOr(f, f, kScale);
        break;
      case Op::fmulR:
        as_.fmul(e, e, a);
        break;
      case Op::fdivM:
        loadFloats(in);
        maskE(as_, kOperand, lane_.eSet);
        as_.fdiv(e, e, kOperand);
        break;
      case Op::fsqrtR:
        as_.fsqrt(e, e);
        break;
      case Op::cbranch:
        as_.addImmediate(dst, dst, in.imm, kTemporary);
        as_.test32(dst, maskOf(uint64_t{kConditionMask} << in.shift));
        as_.jump(Condition::equal, starts_[in.target]);
        break;
      case Op::cfround:
        changeRounding(src, static_cast<unsigned>(in.imm) & 63);
        break;
      case Op::istore:
        address(dst, in);
        as_.store(src, lane_.scratchpad, kTemporary);
        break;
    }
  }

  Reg operand(const Instruction& in) {
    if (!in.usesImmediate) return lane_.r(in.src);
    as_.mov(kTemporary, static_cast<uint64_t>(int64_t{in.imm}));
    return kTemporary;
  }
  // kTemporary = where base and immediate point to in the scratchpad.
  void address(Reg base, const Instruction& in) {
    as_.addImmediate(kTemporary, base, in.imm, kTemporary2);
    as_.and32(kTemporary, kTemporary, maskOf(in.mask));
  }
  void sourceAddress(const Instruction& in) {
    if (in.usesImmediate)
      as_.mov(kTemporary, uint64_t{static_cast<uint32_t>(in.imm) & in.mask});
    else
      address(lane_.r(in.src), in);
  }
  Reg memory(const Instruction& in) {
    sourceAddress(in);
    as_.load(kTemporary, lane_.scratchpad, kTemporary);
    return kTemporary;
  }
  void loadFloats(const Instruction& in) {
    sourceAddress(in);
    as_.loadHalf(kOperand, lane_.scratchpad, kTemporary);
    as_.convert(kOperand);
  }

  void changeRounding(Reg src, unsigned count) {
    as_.ror(kTemporary, src, count);
    size_t forbidden = 0;
    if (program_.version == Version::v2) {
      as_.test32(kTemporary, maskOf(0x3C));
      forbidden = as_.jumpForward(Condition::notEqual);
    }
    // Turned round, the mode's two bits are the register's coding.
    as_.rbit32(kTemporary, kTemporary);
    as_.lsr32(kTemporary, kTemporary, 30 - kModeShift);
    as_.and32(kTemporary, kTemporary, maskOf(uint64_t{3} << kModeShift));
    as_.compare32(kTemporary, lane_.fpcr);
    const size_t unchanged = as_.jumpForward(Condition::equal);
    as_.mov32(lane_.fpcr, kTemporary);
    as_.writeFpcr(lane_.fpcr);
    as_.land(unchanged);
    if (program_.version == Version::v2) as_.land(forbidden);
  }

  Assembler& as_;
  const Program& program_;
  const Lane& lane_;
  std::array<size_t, kMaxInstructions> starts_;
};

}  // namespace

void compileBody(Assembler& as, const Program& program, const Lane& lane,
                 const Interlude& interlude) {
  BodyCompiler(as, program, lane).compile(interlude);
}

}  // namespace ibct::a64

#endif
