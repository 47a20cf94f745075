#if defined(__aarch64__)

#include "loop_compiler.hpp"

#include "../../../primitives/reciprocal.hpp"

namespace ibct::a64 {
namespace {

// r0…r7 live in registers that called functions keep.
constexpr Reg r(unsigned number) { return x(20 + number); }
constexpr Vec f(unsigned number) { return v(number); }
constexpr Vec e(unsigned number) { return v(4 + number); }
constexpr Vec a(unsigned number) { return v(16 + number); }
constexpr Vec kOperand = v(20);
constexpr Vec kClear = v(21);
constexpr Vec kEKeep = v(22);  // ANDed into E operands, then the program's E mask is ORed
constexpr Vec kESet = v(23);
constexpr Vec kScale = v(24);  // FSCAL_R

constexpr Reg kContext = x(19);
constexpr Reg kScratchpad = x(28);
constexpr Reg kSource = x(1);  // where itemEntry() looks for the cache
constexpr Reg kFpcr = x(2);
constexpr Reg kIterationsLeft = x(3);
constexpr Reg kMa = x(4);
constexpr Reg kMx = x(5);
constexpr Reg kLine0 = x(6);
constexpr Reg kLine1 = x(7);
// Free between two instructions; x8 to x15 also hold the item that itemEntry() made.
constexpr Reg kTemporary = x(9);
constexpr Reg kTemporary2 = x(10);

constexpr int kFrameBytes = 96;
constexpr size_t kFAt = offsetof(Context, registers) + offsetof(RegisterFile, f);
constexpr size_t kEAt = offsetof(Context, registers) + offsetof(RegisterFile, e);
constexpr size_t kAAt = offsetof(Context, registers) + offsetof(RegisterFile, a);

class LoopCompiler {
 public:
  LoopCompiler(Assembler& as, const Program& program, bool fromDataset, const CpuFeatures& features)
      : as_(as), program_(program), fromDataset_(fromDataset), hasAes_(features.aes) {}

  void compile() {
    enter();
    as_.align(64);
    const size_t top = as_.offset();
    head();
    for (size_t i = 0; i < program_.size; ++i) {
      starts_[i] = as_.offset();
      instruction(program_.code[i]);
    }
    tail();
    as_.subAndTest32(kIterationsLeft, kIterationsLeft, 1);
    as_.jump(Condition::notEqual, top);
    leave();
  }

 private:
  const Configuration& configuration() const { return program_.configuration; }
  Reg readRegister(unsigned i) const { return r(configuration().readRegister[i]); }

  void enter() {
    as_.pushPair(x(29), kLink, kFrameBytes);
    for (unsigned i = 0; i < 5; ++i)
      as_.storePair(x(19 + 2 * i), x(20 + 2 * i), kStack, static_cast<int>(16 + 16 * i));
    as_.mov(kContext, x(0));
    as_.readFpcr(kTemporary);
    as_.store(kTemporary, kContext, offsetof(Context, callersFpcr));
    as_.load(kFpcr, kContext, offsetof(Context, fpcr));
    as_.writeFpcr(kFpcr);
    as_.load(kScratchpad, kContext, offsetof(Context, scratchpad));
    as_.load(kSource, kContext, offsetof(Context, source));
    as_.load(kIterationsLeft, kContext, offsetof(Context, iterations));
    as_.load(kMa, kContext, offsetof(Context, ma));
    as_.load(kMx, kContext, offsetof(Context, mx));
    as_.mov32(kLine0, kMx);
    as_.mov32(kLine1, kMa);
    for (unsigned i = 0; i < 8; ++i) as_.mov(r(i), kZero);
    loadConstants();
  }
  void loadConstants() {
    for (unsigned i = 0; i < 4; ++i) as_.load(a(i), kContext, kAAt + 16 * i);
    as_.load(kEKeep, kContext, offsetof(Context, eKeep));
    as_.load(kESet, kContext, offsetof(Context, eSet));
    as_.load(kScale, kContext, offsetof(Context, scale));
  }
  void leave() {
    for (unsigned i = 0; i < 8; ++i)
      as_.store(r(i), kContext, offsetof(Context, registers) + 8 * i);
    storeFloats();
    as_.store(kMa, kContext, offsetof(Context, ma));
    as_.store(kMx, kContext, offsetof(Context, mx));
    as_.store(kFpcr, kContext, offsetof(Context, fpcr));
    as_.load(kTemporary, kContext, offsetof(Context, callersFpcr));
    as_.writeFpcr(kTemporary);
    for (unsigned i = 0; i < 5; ++i)
      as_.loadPair(x(19 + 2 * i), x(20 + 2 * i), kStack, static_cast<int>(16 + 16 * i));
    as_.popPair(x(29), kLink, kFrameBytes);
    as_.ret();
  }
  void storeFloats() {
    for (unsigned i = 0; i < 4; ++i) {
      as_.store(f(i), kContext, kFAt + 16 * i);
      as_.store(e(i), kContext, kEAt + 16 * i);
    }
  }

  // Steps 1 to 4: the scratchpad lines arrive.
  void head() {
    as_.exclusiveOr(kTemporary, readRegister(0), readRegister(1));
    as_.exclusiveOr32(kLine0, kLine0, kTemporary);
    as_.and32(kLine0, kLine0, maskOf(kL3LineMask));
    as_.lsr(kTemporary, kTemporary, 32);
    as_.exclusiveOr32(kLine1, kLine1, kTemporary);
    as_.and32(kLine1, kLine1, maskOf(kL3LineMask));
    as_.add(kTemporary, kScratchpad, kLine0);
    xorLine(kTemporary, &Assembler::loadPair);
    as_.add(kTemporary, kScratchpad, kLine1);
    for (unsigned i = 0; i < 4; ++i) {
      as_.loadHalf(f(i), kTemporary, 8 * i);
      as_.convert(f(i));
    }
    for (unsigned i = 0; i < 4; ++i) {
      as_.loadHalf(e(i), kTemporary, 32 + 8 * i);
      as_.convert(e(i));
      maskE(e(i));
    }
  }
  void xorLine(Reg from, void (Assembler::*load)(Reg, Reg, Reg, int)) {
    for (unsigned i = 0; i < 8; i += 2) {
      (as_.*load)(x(11), x(12), from, static_cast<int>(8 * i));
      as_.exclusiveOr(r(i), r(i), x(11));
      as_.exclusiveOr(r(i + 1), r(i + 1), x(12));
    }
  }
  void maskE(Vec reg) {
    as_.bitAnd(reg, reg, kEKeep);
    as_.bitOr(reg, reg, kESet);
  }

  // Steps 6 to 12: the next dataset line is asked for, this one arrives, results go to the
  // scratchpad.
  void tail() {
    const Reg asked = program_.version == Version::v1 ? kMx : kMa;
    as_.and32(kTemporary2, kMa, maskOf(kDatasetLineMask));
    as_.exclusiveOr(kTemporary, readRegister(2), readRegister(3));
    as_.exclusiveOr32(asked, asked, kTemporary);
    if (fromDataset_) {
      as_.and32(kTemporary, asked, maskOf(kDatasetLineMask));
      // A dataset line is read once: it need not take the scratchpad's place in the caches.
      as_.prefetchStreamed(kSource, kTemporary);
      as_.add(kTemporary2, kSource, kTemporary2);
      xorLine(kTemporary2, &Assembler::loadPairStreamed);
    } else {
      xorMadeItem();
    }
    as_.mov32(kTemporary, kMa);
    as_.mov32(kMa, kMx);
    as_.mov32(kMx, kTemporary);
    prefetchNextLines();

    as_.add(kTemporary, kScratchpad, kLine1);
    for (unsigned i = 0; i < 8; i += 2)
      as_.storePair(r(i), r(i + 1), kTemporary, static_cast<int>(8 * i));
    mixFAndE();
    as_.add(kTemporary, kScratchpad, kLine0);
    for (unsigned i = 0; i < 4; ++i) as_.store(f(i), kTemporary, 16 * i);
    as_.mov32(kLine0, kZero);
    as_.mov32(kLine1, kZero);
  }
  // Those that the next head reads are known as soon as the dataset line is there.
  void prefetchNextLines() {
    as_.exclusiveOr(kTemporary, readRegister(0), readRegister(1));
    as_.and32(kTemporary2, kTemporary, maskOf(kL3LineMask));
    as_.prefetch(kScratchpad, kTemporary2);
    as_.lsr(kTemporary, kTemporary, 32);
    as_.and32(kTemporary2, kTemporary, maskOf(kL3LineMask));
    as_.prefetch(kScratchpad, kTemporary2);
  }
  // kTemporary2: the line's address within the dataset's window.
  void xorMadeItem() {
    as_.addImmediate(x(0), kTemporary2, configuration().datasetOffset, kTemporary);
    as_.lsr(x(0), x(0), 6);
    as_.load(x(16), kContext, offsetof(Context, makeItem));
    as_.call(x(16));
    for (unsigned i = 0; i < 8; ++i) as_.exclusiveOr(r(i), r(i), x(8 + i));
  }

  void mixFAndE() {
    if (program_.version == Version::v1) {
      for (unsigned i = 0; i < 4; ++i) as_.exclusiveOr(f(i), f(i), e(i));
    } else if (hasAes_) {
      as_.clear(kClear);
      for (unsigned key = 0; key < 4; ++key)
        for (unsigned i = 0; i < 4; ++i) {
          if (i % 2 == 0)
            as_.aesEncrypt(f(i), kClear);
          else
            as_.aesDecrypt(f(i), kClear);
          as_.exclusiveOr(f(i), f(i), e(key));
        }
    } else {
      callMixSoftly();
    }
  }
  void callMixSoftly() {
    for (unsigned i = 1; i < 8; ++i) as_.store(x(i), kContext, offsetof(Context, saved) + 8 * i);
    storeFloats();
    as_.addImmediate(x(0), kContext, kFAt, kTemporary);
    as_.addImmediate(x(1), kContext, kEAt, kTemporary);
    as_.load(x(16), kContext, offsetof(Context, mixSoftly));
    as_.call(x(16));
    for (unsigned i = 1; i < 8; ++i) as_.load(x(i), kContext, offsetof(Context, saved) + 8 * i);
    for (unsigned i = 0; i < 4; ++i) {
      as_.load(f(i), kContext, kFAt + 16 * i);
      as_.load(e(i), kContext, kEAt + 16 * i);
    }
    loadConstants();
  }

  void instruction(const Instruction& in) {
    const Reg dst = r(in.dst);
    const Reg src = r(in.src);
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
        as_.swapHalves(v(in.dst));
        break;  // e follows f
      case Op::faddR:
        as_.fadd(f(in.dst), f(in.dst), a(in.src));
        break;
      case Op::faddM:
        loadFloats(in);
        as_.fadd(f(in.dst), f(in.dst), kOperand);
        break;
      case Op::fsubR:
        as_.fsub(f(in.dst), f(in.dst), a(in.src));
        break;
      case Op::fsubM:
        loadFloats(in);
        as_.fsub(f(in.dst), f(in.dst), kOperand);
        break;
      case Op::fscalR:
        as_.exclusiveOr(f(in.dst), f(in.dst), kScale);
        break;
      case Op::fmulR:
        as_.fmul(e(in.dst), e(in.dst), a(in.src));
        break;
      case Op::fdivM:
        loadFloats(in);
        maskE(kOperand);
        as_.fdiv(e(in.dst), e(in.dst), kOperand);
        break;
      case Op::fsqrtR:
        as_.fsqrt(e(in.dst), e(in.dst));
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
        as_.store(src, kScratchpad, kTemporary);
        break;
    }
  }

  Reg operand(const Instruction& in) {
    if (!in.usesImmediate) return r(in.src);
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
      address(r(in.src), in);
  }
  Reg memory(const Instruction& in) {
    sourceAddress(in);
    as_.load(kTemporary, kScratchpad, kTemporary);
    return kTemporary;
  }
  void loadFloats(const Instruction& in) {
    sourceAddress(in);
    as_.loadHalf(kOperand, kScratchpad, kTemporary);
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
    as_.compare32(kTemporary, kFpcr);
    const size_t unchanged = as_.jumpForward(Condition::equal);
    as_.mov32(kFpcr, kTemporary);
    as_.writeFpcr(kFpcr);
    as_.land(unchanged);
    if (program_.version == Version::v2) as_.land(forbidden);
  }

  Assembler& as_;
  const Program& program_;
  const bool fromDataset_;
  const bool hasAes_;
  std::array<size_t, kMaxInstructions> starts_;
};

}  // namespace

void compileLoop(Assembler& as, const Program& program, bool fromDataset,
                 const CpuFeatures& features) {
  LoopCompiler(as, program, fromDataset, features).compile();
}

}  // namespace ibct::a64

#endif
