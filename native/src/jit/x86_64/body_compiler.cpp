#if defined(__x86_64__)

#include "body_compiler.hpp"

#include "../../primitives/reciprocal.hpp"
#include "../../vm/rounding.hpp"

namespace ibct::x86 {
namespace {

// How far into a program a delayed prefetch stands. Any place between 1/8 and 6/8 measured the
// same.
constexpr size_t kPrefetchEighths = 3;

class BodyCompiler {
 public:
  BodyCompiler(Assembler& as, const Program& program, Mem mxcsr, const CpuFeatures& features,
               const DelayedPrefetch* prefetch)
      : as_(as), program_(program), mxcsr_(mxcsr), bmi2_(features.bmi2), prefetch_(prefetch) {}

  void compile() {
    for (size_t i = 0; i < program_.size; ++i) {
      if (prefetch_ != nullptr && i == program_.size * kPrefetchEighths / 8) prefetchLine();
      starts_[i] = as_.offset();
      instruction(program_.code[i]);
    }
  }

 private:
  void prefetchLine() {
    as_.mov32(Reg::rax, prefetch_->line);
    as_.prefetchT0(ptr(kDataset, Reg::rax, static_cast<int32_t>(prefetch_->datasetOffset)));
  }

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
        as_.swapHalves(vec(in.dst));
        break;  // e follows f
      case Op::faddR:
        as_.addpd(fReg(in.dst), aReg(in.src));
        break;
      case Op::faddM:
        as_.cvtdq2pd(kTemporary, operand(in));
        as_.addpd(fReg(in.dst), kTemporary);
        break;
      case Op::fsubR:
        as_.subpd(fReg(in.dst), aReg(in.src));
        break;
      case Op::fsubM:
        as_.cvtdq2pd(kTemporary, operand(in));
        as_.subpd(fReg(in.dst), kTemporary);
        break;
      case Op::fscalR:
        as_.xorps(fReg(in.dst), kScale);
        break;
      case Op::fmulR:
        as_.mulpd(eReg(in.dst), aReg(in.src));
        break;
      case Op::fdivM:
        as_.cvtdq2pd(kTemporary, operand(in));
        as_.andps(kTemporary, kEKeep);
        as_.orps(kTemporary, kESet);
        as_.divpd(eReg(in.dst), kTemporary);
        break;
      case Op::fsqrtR:
        as_.sqrtpd(eReg(in.dst), eReg(in.dst));
        break;
      case Op::cbranch:
        as_.add(dst, in.imm);
        as_.test32(dst, static_cast<int32_t>(kConditionMask << in.shift));
        as_.jump(Condition::zero, starts_[in.target]);
        break;
      case Op::cfround:
        changeRounding(src, static_cast<unsigned>(in.imm) & 63);
        break;
      case Op::istore:
        as_.lea32(Reg::rax, ptr(dst, in.imm));
        as_.and32(Reg::rax, static_cast<int32_t>(in.mask));
        as_.mov(ptr(kScratchpad, Reg::rax), src);
        break;
    }
  }

  // The memory operand, its address computed in `temporary` unless it is constant.
  Mem operand(const Instruction& in, Reg temporary = Reg::rax) {
    if (in.usesImmediate) {
      return ptr(kScratchpad, static_cast<int32_t>(static_cast<uint32_t>(in.imm) & in.mask));
    }
    as_.lea32(temporary, ptr(vmReg(in.src), in.imm));
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

  // Rotates the two mode bits straight to their place in the control word.
  void changeRounding(Reg src, unsigned count) {
    const unsigned toPlace = (count - kMxcsrRoundingShift) & 63;
    if (bmi2_) {
      as_.rorx(Reg::rax, src, toPlace);
    } else {
      as_.mov(Reg::rax, src);
      if (toPlace != 0) as_.ror(Reg::rax, toPlace);
    }
    size_t forbidden = 0;
    if (program_.version == Version::v2) {
      as_.test32(Reg::rax, 0x3C << kMxcsrRoundingShift);
      forbidden = as_.jumpForward(Condition::notZero);
    }
    as_.and32(Reg::rax, 3 << kMxcsrRoundingShift);
    as_.or32(Reg::rax, static_cast<int32_t>(kMxcsrBase));
    // ldmxcsr is so slow that a branch around it pays, mispredictions included.
    as_.cmp32(Reg::rax, mxcsr_);
    const size_t unchanged = as_.jumpForward(Condition::zero);
    as_.mov32(mxcsr_, Reg::rax);
    as_.ldmxcsr(mxcsr_);
    as_.land(unchanged);
    if (program_.version == Version::v2) as_.land(forbidden);
  }

  Assembler& as_;
  const Program& program_;
  const Mem mxcsr_;
  const bool bmi2_;
  const DelayedPrefetch* prefetch_;
  std::array<size_t, kMaxInstructions> starts_;
};

}  // namespace

void compileBody(Assembler& as, const Program& program, Mem mxcsr, const CpuFeatures& features,
                 const DelayedPrefetch* prefetch) {
  BodyCompiler(as, program, mxcsr, features, prefetch).compile();
}

}  // namespace ibct::x86

#endif
