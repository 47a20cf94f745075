#if defined(__x86_64__)

#include "loop_compiler.hpp"
#include "loop_parts.hpp"

namespace ibct::x86 {
namespace {

// A program is compiled eight times a hash, each time with caches full of other things: what is
// written once a program costs as much by being fetched as by running. So all that stays the same
// stands in front of the body, where the next program finds it:
//
//   enter ─► head ─► body ─► tail ─► head …
//                                └─► leave
class LoneCompiler : LoopParts {
 public:
  using LoopParts::LoopParts;

  void writeFrame(LoneFrame& frame) {
    enterFunction();
    loadScratchpad(0);
    loadConstants(0);
    loadLines(0);
    loadIntegers(0, 8);
    const size_t toHead = as_.jumpForward();

    const size_t leave = as_.offset();
    storeIntegers(0, 8);
    storeFloats(0);
    leaveFunction();

    as_.align(64);
    frame.tail = as_.offset();
    tail(frame);
    as_.sub32(contextField(offsetof(Context, iterationsLeft)), 1);
    as_.jump(Condition::zero, leave);
    as_.land(toHead);
    head(0);
    frame.body = as_.offset();
  }

  void writeProgram(const LoneFrame& frame) {
    as_.goTo(frame.datasetAt);
    datasetRegisters(configuration(0));
    as_.goTo(frame.linesAt);
    lineRegisters(configuration(0));
    as_.goTo(frame.body);
    body(0, {});
    as_.jump(frame.tail);
  }

 private:
  // Steps 6 to 12: the next dataset line is asked for, this one arrives, results go to the
  // scratchpad.
  void tail(LoneFrame& frame) {
    frame.datasetAt = as_.offset();
    datasetRegisters(configuration(0));
    advanceDataset(0);
    if (options_.source == ItemSource::dataset) {
      prefetchDataset(ptr(kDataset, Reg::rax));
      xorItem(ptr(kDataset, Reg::rcx));
    } else {
      makeItem(0);
    }
    frame.linesAt = as_.offset();
    lineRegisters(configuration(0));
    writeResults(0);
  }
};

}  // namespace

void compileLone(Assembler& as, const Program& program, Context& context,
                 const LoopOptions& options, LoneFrame& frame) {
  LoneCompiler compiler(as, &program, context, options);
  if (frame.body == 0 || frame.version != program.version || frame.source != options.source) {
    frame.version = program.version;
    frame.source = options.source;
    compiler.writeFrame(frame);
  }
  compiler.writeProgram(frame);
}

}  // namespace ibct::x86

#endif
