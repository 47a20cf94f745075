#if defined(__x86_64__)

#include "loop_compiler.hpp"

#include <algorithm>

#include "body_compiler.hpp"

namespace ibct::x86 {
namespace {

constexpr Reg kCalleeSaved[] = {Reg::rbx, Reg::rbp, Reg::r12, Reg::r13, Reg::r14, Reg::r15};

constexpr size_t rAt(unsigned i) { return offsetof(LaneContext, registers) + 8 * i; }
constexpr size_t fAt(unsigned i) { return offsetof(LaneContext, registers) + 64 + 16 * i; }
constexpr size_t eAt(unsigned i) { return offsetof(LaneContext, registers) + 128 + 16 * i; }
constexpr size_t aAt(unsigned i) { return offsetof(LaneContext, registers) + 192 + 16 * i; }

bool changesRounding(const Program& program) {
  const auto end = program.code.begin() + static_cast<ptrdiff_t>(program.size);
  return std::any_of(program.code.begin(), end,
                     [](const Instruction& in) { return in.op == Op::cfround; });
}

class LoopCompiler {
 public:
  LoopCompiler(Assembler& as, const Program* programs, const Context& context,
               const LoopOptions& options)
      : as_(as), programs_(programs), context_(context), options_(options) {}

  void compile() {
    prologue();
    as_.align(64);
    const size_t top = as_.offset();
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      if (!alone()) wake(lane);
      head();
      body(lane);
      tail(lane);
      if (!alone()) sleep(lane);
    }
    as_.sub32(contextField(offsetof(Context, iterationsLeft)), 1);
    as_.jump(Condition::notZero, top);
    epilogue();
  }

 private:
  bool alone() const { return options_.lanes == 1; }
  unsigned laneBefore(unsigned lane) const { return (lane == 0 ? options_.lanes : lane) - 1; }
  // A prefetch cannot retire before its address is translated, and the dataset's pages miss the
  // TLB. At the end of its program, where the address has just been computed, it would hold up
  // everything behind it; in the midst of the next lane's program the translation runs beside older
  // work.
  bool delaysPrefetch() const { return !alone() && options_.source == ItemSource::dataset; }
  bool isLast(unsigned lane) const { return lane + 1 == options_.lanes; }
  const Configuration& configuration(unsigned lane) const { return programs_[lane].configuration; }

  void prologue() {
    for (Reg r : kCalleeSaved) as_.push(r);
    as_.sub(Reg::rsp, 8);
    as_.mov(kContext, Reg::rdi);
    as_.stmxcsr(contextField(offsetof(Context, callersMxcsr)));
    as_.ldmxcsr(laneField(0, offsetof(LaneContext, mxcsr)));
    loadShared();
    if (alone()) {
      loadLane(0);
      loadLines(0);
      for (unsigned i = 0; i < 8; ++i) as_.mov(vmReg(i), laneField(0, rAt(i)));
    }
  }

  void epilogue() {
    const unsigned last = options_.lanes - 1;
    if (alone()) storeIntegers(0, 8);
    storeFloats(last);
    as_.ldmxcsr(contextField(offsetof(Context, callersMxcsr)));
    as_.add(Reg::rsp, 8);
    for (size_t i = std::size(kCalleeSaved); i-- > 0;) as_.pop(kCalleeSaved[i]);
    as_.ret();
  }

  // What all lanes have in common.
  void loadShared() {
    as_.mov(kDataset, contextField(offsetof(Context, source)));
    as_.movapd(kEKeep, contextField(offsetof(Context, eKeep)));
    as_.movapd(kScale, contextField(offsetof(Context, scale)));
  }
  // What a lane keeps through all its iterations.
  void loadLane(unsigned lane) {
    as_.mov(kScratchpad, laneField(lane, offsetof(LaneContext, scratchpad)));
    for (unsigned i = 0; i < 4; ++i) as_.movapd(aReg(i), laneField(lane, aAt(i)));
    as_.movapd(kESet, laneField(lane, offsetof(LaneContext, eSet)));
  }
  void loadLines(unsigned lane) {
    as_.mov32(kLine0, laneField(lane, offsetof(LaneContext, line0)));
    as_.mov32(kLine1, laneField(lane, offsetof(LaneContext, line1)));
  }
  void storeIntegers(unsigned lane, unsigned count) {
    for (unsigned i = 0; i < count; ++i) as_.mov(laneField(lane, rAt(i)), vmReg(i));
  }
  void storeFloats(unsigned lane) {
    for (unsigned i = 0; i < 4; ++i) as_.movapd(laneField(lane, fAt(i)), fReg(i));
    for (unsigned i = 0; i < 4; ++i) as_.movapd(laneField(lane, eAt(i)), eReg(i));
  }

  // The registers change hands. f and e are dead between iterations.
  void wake(unsigned lane) {
    const unsigned before = laneBefore(lane);
    if (modesMayDiffer(before, lane)) changeMode(before, lane);
    loadLane(lane);
    loadLines(lane);
    for (unsigned i = 0; i < 8; ++i) as_.mov(vmReg(i), laneField(lane, rAt(i)));
  }
  void sleep(unsigned lane) {
    storeIntegers(lane, 8);
    if (isLast(lane)) return;
    as_.cmp32(contextField(offsetof(Context, iterationsLeft)), 1);
    const size_t notLastTurn = as_.jumpForward(Condition::notZero);
    storeFloats(lane);
    as_.land(notLastTurn);
  }
  // ldmxcsr is so slow that a branch around it pays, mispredictions included.
  void changeMode(unsigned from, unsigned to) {
    as_.mov32(Reg::rax, laneField(to, offsetof(LaneContext, mxcsr)));
    as_.cmp32(Reg::rax, laneField(from, offsetof(LaneContext, mxcsr)));
    const size_t equal = as_.jumpForward(Condition::zero);
    as_.ldmxcsr(laneField(to, offsetof(LaneContext, mxcsr)));
    as_.land(equal);
  }
  bool modesMayDiffer(unsigned a, unsigned b) const {
    return changesRounding(programs_[a]) || changesRounding(programs_[b]) ||
           context_.lanes[a].mxcsr != context_.lanes[b].mxcsr;
  }

  // Specification 4.6.2, steps 1 to 4: scratchpad lines to registers.
  void head() {
    for (unsigned i = 0; i < 8; ++i)
      as_.xor_(vmReg(i), ptr(kScratchpad, kLine0, static_cast<int32_t>(8 * i)));
    for (unsigned i = 0; i < 4; ++i)
      as_.cvtdq2pd(fReg(i), ptr(kScratchpad, kLine1, static_cast<int32_t>(8 * i)));
    for (unsigned i = 0; i < 4; ++i) {
      as_.cvtdq2pd(eReg(i), ptr(kScratchpad, kLine1, static_cast<int32_t>(32 + 8 * i)));
      as_.andps(eReg(i), kEKeep);
      as_.orps(eReg(i), kESet);
    }
  }

  void body(unsigned lane) {
    const unsigned before = laneBefore(lane);
    const DelayedPrefetch prefetch{laneField(before, offsetof(LaneContext, nextLine)),
                                   configuration(before).datasetOffset};
    compileBody(as_, programs_[lane], laneField(lane, offsetof(LaneContext, mxcsr)),
                options_.features, delaysPrefetch() ? &prefetch : nullptr);
  }

  // Steps 6 to 12: the next dataset line is asked for, this one arrives, results go to the
  // scratchpad.
  void tail(unsigned lane) {
    const Configuration& c = configuration(lane);
    nextDatasetLine(lane);
    switch (options_.source) {
      case ItemSource::dataset:
        xorItem(ptr(kDataset, Reg::rcx, static_cast<int32_t>(c.datasetOffset)));
        break;
      case ItemSource::itemCode:
        callItemCode(lane);
        break;
      case ItemSource::function:
        callItemFunction(lane);
        xorItem(contextField(offsetof(Context, item)));
        break;
    }

    as_.mov(Reg::rdx, laneField(lane, offsetof(LaneContext, line0)));  // and line1 above it
    as_.mov(kLine1, vmReg(c.readRegister[0]));
    as_.xor_(kLine1, vmReg(c.readRegister[1]));
    as_.and_(kLine1, contextField(offsetof(Context, lineMasks)));
    as_.mov(laneField(lane, offsetof(LaneContext, line0)), kLine1);
    as_.mov32(kLine0, kLine1);
    as_.shr(kLine1, 32);
    as_.prefetchT0(ptr(kScratchpad, kLine0));
    as_.prefetchT0(ptr(kScratchpad, kLine1));

    as_.mov32(Reg::rcx, Reg::rdx);
    as_.shr(Reg::rdx, 32);
    for (unsigned i = 0; i < 8; ++i)
      as_.mov(ptr(kScratchpad, Reg::rdx, static_cast<int32_t>(8 * i)), vmReg(i));
    mixFAndE(lane);
    for (unsigned i = 0; i < 4; ++i)
      as_.movapd(ptr(kScratchpad, Reg::rcx, static_cast<int32_t>(16 * i)), fReg(i));
  }

  // Leaves the masked ma of this iteration in rcx; asks for the line that the next iteration
  // (version 2: the one after) will read, and swaps ma and mx.
  void nextDatasetLine(unsigned lane) {
    const Configuration& c = configuration(lane);
    const Mem ma = laneField(lane, offsetof(LaneContext, ma));
    const Mem mx = laneField(lane, offsetof(LaneContext, mx));
    as_.mov32(Reg::rax, vmReg(c.readRegister[2]));
    as_.xor32(Reg::rax, vmReg(c.readRegister[3]));
    as_.mov32(Reg::rcx, ma);
    if (programs_[lane].version == Version::v1) {
      as_.xor32(Reg::rax, mx);
      as_.mov32(mx, Reg::rcx);
      as_.mov32(ma, Reg::rax);
    } else {
      as_.xor32(Reg::rax, Reg::rcx);
      as_.mov32(Reg::rdx, mx);
      as_.mov32(mx, Reg::rax);
      as_.mov32(ma, Reg::rdx);
    }
    as_.and32(Reg::rcx, static_cast<int32_t>(kDatasetLineMask));
    if (options_.source != ItemSource::dataset) return;
    as_.and32(Reg::rax, static_cast<int32_t>(kDatasetLineMask));
    if (delaysPrefetch())
      as_.mov32(laneField(lane, offsetof(LaneContext, nextLine)), Reg::rax);
    else
      as_.prefetchT0(ptr(kDataset, Reg::rax, static_cast<int32_t>(c.datasetOffset)));
  }
  void xorItem(Mem item) {
    for (unsigned i = 0; i < 8; ++i) {
      as_.xor_(vmReg(i), item);
      item.displacement += 8;
    }
  }

  // It leaves the item in r8…r15 and everything but rax, rcx and rdx alone.
  void callItemCode(unsigned lane) {
    itemNumber(lane, Reg::rax);
    storeIntegers(lane, 8);
    as_.call(contextField(offsetof(Context, makeItem)));
    xorItem(laneField(lane, rAt(0)));
  }
  // The called function may change every register but rbx, rbp and r12…r15.
  void callItemFunction(unsigned lane) {
    itemNumber(lane, Reg::rsi);
    storeIntegers(lane, 4);
    storeFloats(lane);
    as_.lea(Reg::rdx, contextField(offsetof(Context, item)));
    as_.call(contextField(offsetof(Context, makeItem)));
    reload(lane);
  }
  // Of the line whose address within the dataset's window is in rcx.
  void itemNumber(unsigned lane, Reg number) {
    as_.lea(number, ptr(Reg::rcx, static_cast<int32_t>(configuration(lane).datasetOffset)));
    as_.shr(number, 6);
  }

  void mixFAndE(unsigned lane) {
    if (programs_[lane].version == Version::v1) {
      for (unsigned i = 0; i < 4; ++i) as_.xorps(fReg(i), eReg(i));
    } else if (options_.features.aes) {
      for (unsigned key = 0; key < 4; ++key) {
        as_.aesenc(fReg(0), eReg(key));
        as_.aesdec(fReg(1), eReg(key));
        as_.aesenc(fReg(2), eReg(key));
        as_.aesdec(fReg(3), eReg(key));
      }
    } else {
      mixSoftly(lane);
    }
  }
  void mixSoftly(unsigned lane) {
    storeFloats(lane);
    storeIntegers(lane, 4);
    as_.push(Reg::rax);
    as_.push(Reg::rcx);
    as_.lea(Reg::rdi, laneField(lane, fAt(0)));
    as_.lea(Reg::rsi, laneField(lane, eAt(0)));
    as_.call(contextField(offsetof(Context, mixSoftly)));
    reload(lane);
    as_.pop(Reg::rcx);
    as_.pop(Reg::rax);
  }
  void reload(unsigned lane) {
    loadShared();
    loadLane(lane);
    for (unsigned i = 0; i < 4; ++i) as_.mov(vmReg(i), laneField(lane, rAt(i)));
    for (unsigned i = 0; i < 4; ++i) as_.movapd(fReg(i), laneField(lane, fAt(i)));
    for (unsigned i = 0; i < 4; ++i) as_.movapd(eReg(i), laneField(lane, eAt(i)));
  }

  Assembler& as_;
  const Program* programs_;
  const Context& context_;
  const LoopOptions& options_;
};

}  // namespace

void compileLoop(Assembler& as, const Program* programs, const Context& context,
                 const LoopOptions& options) {
  LoopCompiler(as, programs, context, options).compile();
}

}  // namespace ibct::x86

#endif
