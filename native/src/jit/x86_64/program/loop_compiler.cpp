#if defined(__x86_64__)

#include "loop_compiler.hpp"

#include "loop_parts.hpp"

namespace ibct::x86 {
namespace {

// Several lanes that make their dataset items themselves (light mode).
class LoopCompiler : LoopParts {
 public:
  using LoopParts::LoopParts;

  void compile() {
    enterFunction();
    as_.align(64);
    const size_t top = as_.offset();
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      wake(lane);
      head(lane);
      body(lane, {});
      tail(lane);
      sleep(lane);
    }
    as_.sub32(contextField(offsetof(Context, iterationsLeft)), 1);
    as_.jump(Condition::notZero, top);
    storeFloats(options_.lanes - 1);
    leaveFunction();
  }

 private:
  unsigned laneBefore(unsigned lane) const { return (lane == 0 ? options_.lanes : lane) - 1; }
  bool isLast(unsigned lane) const { return lane + 1 == options_.lanes; }

  // The registers change hands. f and e are dead between iterations.
  void wake(unsigned lane) {
    changeMode(laneBefore(lane), lane);
    loadScratchpad(lane);
    loadConstants(lane);
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

  void tail(unsigned lane) {
    datasetRegisters(configuration(lane));
    advanceDataset(lane);
    makeItem(lane);
    lineRegisters(configuration(lane));
    writeResults(lane);
  }
};

}  // namespace

void compileLoop(Assembler& as, const Program* programs, Context& context,
                 const LoopOptions& options) {
  LoopCompiler(as, programs, context, options).compile();
}

}  // namespace ibct::x86

#endif
