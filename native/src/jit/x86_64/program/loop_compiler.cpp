#if defined(__x86_64__)

#include "loop_compiler.hpp"

#include "loop_parts.hpp"

namespace ibct::x86 {
namespace {

// One lane, or several that make their dataset items themselves (light mode).
class LoopCompiler : LoopParts {
 public:
  using LoopParts::LoopParts;

  void compile() {
    enterFunction();
    if (alone()) {
      loadLane(0);
      loadLines(0);
      loadIntegers(0, 8);
    }
    as_.align(64);
    const size_t top = as_.offset();
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      if (!alone()) wake(lane);
      head(lane);
      body(lane, {});
      tail(lane);
      if (!alone()) sleep(lane);
    }
    as_.sub32(contextField(offsetof(Context, iterationsLeft)), 1);
    as_.jump(Condition::notZero, top);
    if (alone()) storeIntegers(0, 8);
    storeFloats(options_.lanes - 1);
    leaveFunction();
  }

 private:
  bool alone() const { return options_.lanes == 1; }
  unsigned laneBefore(unsigned lane) const { return (lane == 0 ? options_.lanes : lane) - 1; }
  bool isLast(unsigned lane) const { return lane + 1 == options_.lanes; }

  // What a lane keeps through all its iterations.
  void loadLane(unsigned lane) {
    loadScratchpad(lane);
    loadConstants(lane);
  }

  // The registers change hands. f and e are dead between iterations.
  void wake(unsigned lane) {
    changeMode(laneBefore(lane), lane);
    loadLane(lane);
    loadLines(lane);
    loadIntegers(lane, 8);
  }
  void sleep(unsigned lane) {
    storeIntegers(lane, 8);
    if (isLast(lane)) return;
    as_.cmp32(contextField(offsetof(Context, iterationsLeft)), 1);
    const size_t notLastTurn = as_.jumpForward(Condition::notZero);
    storeFloats(lane);
    as_.land(notLastTurn);
  }

  // Steps 6 to 12: the next dataset line is asked for, this one arrives, results go to the
  // scratchpad.
  void tail(unsigned lane) {
    const Configuration& c = configuration(lane);
    const auto datasetOffset = static_cast<int32_t>(c.datasetOffset);
    advanceDataset(lane);
    switch (options_.source) {
      case ItemSource::dataset:
        prefetchDataset(ptr(kDataset, Reg::rax, datasetOffset));
        xorItem(ptr(kDataset, Reg::rcx, datasetOffset));
        break;
      case ItemSource::itemCode:
        callItemCode(lane);
        break;
      case ItemSource::function:
        callItemFunction(lane);
        xorItem(contextField(offsetof(Context, item)));
        break;
      case ItemSource::listed:
        break;  // runs as a batch
    }

    as_.mov(Reg::rdx, field(lane, offsetof(LaneContext, line0)));  // and line1 above it
    as_.mov(kLine1, vmReg(c.readRegister[0]));
    as_.xor_(kLine1, vmReg(c.readRegister[1]));
    as_.and_(kLine1, contextField(offsetof(Context, lineMasks)));
    as_.mov(field(lane, offsetof(LaneContext, line0)), kLine1);
    as_.mov32(kLine0, kLine1);
    as_.shr(kLine1, 32);
    as_.prefetchT0(ptr(kScratchpad, kLine0));
    as_.prefetchT0(ptr(kScratchpad, kLine1));

    as_.mov32(Reg::rcx, Reg::rdx);
    as_.shr(Reg::rdx, 32);
    for (unsigned i = 0; i < 8; ++i)
      as_.mov(ptr(kScratchpad, Reg::rdx, static_cast<int32_t>(8 * i)), vmReg(i));
    mixFAndE(lane);
    writeF();
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
    xorItem(field(lane, rAt(0)));
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
};

}  // namespace

void compileLoop(Assembler& as, const Program* programs, Context& context,
                 const LoopOptions& options) {
  LoopCompiler(as, programs, context, options).compile();
}

}  // namespace ibct::x86

#endif
