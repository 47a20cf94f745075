#if defined(__aarch64__)

#include "loop_compiler.hpp"
#include "loop_parts.hpp"

namespace ibct::a64 {
namespace {

// What a lane has beside its machine.
struct PairLane : Lane {
  Reg source;     // the dataset from its program's offset on
  Reg addresses;  // ma, mx above it
  Reg lines;      // the scratchpad addresses of line 0 and, above it, line 1
};
constexpr PairLane kLanes[] = {{{20, 0, 16, v(27), x(28), x(19)}, x(12), x(14), x(16)},
                               {{0, 8, 20, v(28), x(8), x(30)}, x(13), x(15), x(17)}};

// Two lanes whose states stay in registers. A lane's line is long on its way: so the lane that
// falls asleep leaves everything behind that needs it, and is served in the midst of the other's
// program.
class PairCompiler : LoopParts {
 public:
  PairCompiler(Assembler& as, const Program* programs) : LoopParts(as), programs_(programs) {}

  void compile() {
    enter();
    as_.align(64);
    const size_t top = as_.offset();
    for (unsigned lane = 0; lane < 2; ++lane) {
      wake(lane);
      head(lane);
      const Program& program = programs_[lane];
      compileBody(as_, program, kLanes[lane],
                  {program.size / 2, [this, lane] { serveOther(lane); }});
      sleep(lane);
    }
    as_.load32(kTemporary, kStack, kTurnsEndedAt);
    as_.addImmediate(kTemporary, kTemporary, 1, kTemporary2);
    as_.store32(kTemporary, kStack, kTurnsEndedAt);
    as_.load(kTemporary3, kStack, kContextAt);
    as_.load32(kTemporary2, kTemporary3, offsetof(Context, iterations));
    as_.compare32(kTemporary, kTemporary2);
    as_.jump(Condition::notEqual, top);
    serve(1);
    leave();
  }

 private:
  static constexpr size_t kContextAt = kFreeAt;
  static constexpr size_t kTurnsEndedAt = kFreeAt + 8;

  const Configuration& configuration(unsigned lane) const { return programs_[lane].configuration; }
  Version version() const { return programs_[0].version; }

  void enter() {
    enterFunction();
    as_.store(x(0), kStack, kContextAt);
    as_.store32(kZero, kStack, kTurnsEndedAt);
    loadShared(x(0));
    for (unsigned lane = 0; lane < 2; ++lane) {
      const PairLane& own = kLanes[lane];
      loadConstants(lane, own, x(0));
      as_.load(own.scratchpad, x(0), laneAt(lane, offsetof(LaneContext, scratchpad)));
      as_.load(own.source, x(0), laneAt(lane, offsetof(LaneContext, source)));
      as_.load(own.fpcr, x(0), laneAt(lane, offsetof(LaneContext, fpcr)));
      as_.load(own.addresses, x(0), laneAt(lane, offsetof(LaneContext, ma)));
      as_.ror(own.lines, own.addresses, 32);
      as_.andHalves(own.lines, own.lines, maskOf(kL3LineMask));
    }
    as_.writeFpcr(kLanes[0].fpcr);
    for (const PairLane& own : kLanes)
      for (unsigned i = 0; i < 8; ++i) as_.mov(own.r(i), kZero);
  }
  void leave() {
    as_.load(kTemporary3, kStack, kContextAt);
    for (unsigned lane = 0; lane < 2; ++lane) {
      const PairLane& own = kLanes[lane];
      storeIntegers(lane, own, kTemporary3);
      storeFloats(lane, own, kTemporary3);
      as_.store(own.addresses, kTemporary3, laneAt(lane, offsetof(LaneContext, ma)));
      as_.store(own.fpcr, kTemporary3, laneAt(lane, offsetof(LaneContext, fpcr)));
    }
    leaveFunction(kTemporary3);
  }

  // All that the lanes share is the control register.
  void wake(unsigned lane) {
    as_.compare32(kLanes[lane].fpcr, kLanes[1 - lane].fpcr);
    const size_t same = as_.jumpForward(Condition::equal);
    as_.writeFpcr(kLanes[lane].fpcr);
    as_.land(same);
  }

  // Steps 2 to 4.
  void head(unsigned lane) {
    const PairLane& own = kLanes[lane];
    pointToLine0(own);
    xorLine(own, &Assembler::loadPair);
    pointToLine1(own);
    loadFloats(own);
  }

  // Steps 6, 7, 9, 11 and 12. The line to read next is asked for.
  void sleep(unsigned lane) {
    const PairLane& own = kLanes[lane];
    datasetAddress(configuration(lane), own, kTemporary);
    if (version() == Version::v1) as_.ror(own.addresses, own.addresses, 32);
    as_.exclusiveOr(own.addresses, own.addresses, kTemporary);
    as_.and32(kTemporary, own.addresses, maskOf(kDatasetLineMask));
    as_.prefetchStreamed(own.source, kTemporary);
    if (version() == Version::v2) as_.ror(own.addresses, own.addresses, 32);

    if (version() == Version::v1)
      mixByXor(own);
    else
      mixByAes(own);
    pointToLine0(own);
    writeFloats(own);
  }

  // In the first turn lane 1 has not run when lane 0 comes to serve it.
  void serveOther(unsigned lane) {
    if (lane == 1) return serve(0);
    as_.load32(kTemporary, kStack, kTurnsEndedAt);
    as_.compare32(kTemporary, kZero);
    const size_t firstTurn = as_.jumpForward(Condition::equal);
    serve(1);
    as_.land(firstTurn);
  }

  // Steps 8 and 10, and step 1 of the next iteration. Steps 10 and 12 have changed places: where
  // both write the same line, step 10 is left out.
  void serve(unsigned lane) {
    const PairLane& own = kLanes[lane];
    pointToDatasetLine(lane);
    xorLine(own, &Assembler::loadPairStreamed);

    lineAddresses(configuration(lane), own, kTemporary2);
    as_.andHalves(kTemporary2, kTemporary2, maskOf(kL3LineMask));
    as_.mov32(kTemporary, kTemporary2);
    as_.prefetch(own.scratchpad, kTemporary);
    as_.lsr(kTemporary, kTemporary2, 32);
    as_.prefetch(own.scratchpad, kTemporary);

    pointToLine1(own);
    as_.compare32(kTemporary, own.lines);
    const size_t sameLine = as_.jumpForward(Condition::equal);
    writeIntegers(own);
    as_.land(sameLine);
    as_.mov(own.lines, kTemporary2);
  }

  // That which ma led to before step 7: mx has it by now. In version 2 step 7 has changed it, by
  // registers that are still the same.
  void pointToDatasetLine(unsigned lane) {
    const PairLane& own = kLanes[lane];
    as_.lsr(kTemporary, own.addresses, 32);
    if (version() == Version::v2) {
      datasetAddress(configuration(lane), own, kTemporary2);
      as_.exclusiveOr32(kTemporary, kTemporary, kTemporary2);
    }
    as_.and32(kTemporary, kTemporary, maskOf(kDatasetLineMask));
    as_.add(kTemporary3, own.source, kTemporary);
  }
  // kTemporary3: the line; kTemporary: its address in the scratchpad.
  void pointToLine0(const PairLane& own) {
    as_.mov32(kTemporary, own.lines);
    as_.add(kTemporary3, own.scratchpad, kTemporary);
  }
  void pointToLine1(const PairLane& own) {
    as_.lsr(kTemporary, own.lines, 32);
    as_.add(kTemporary3, own.scratchpad, kTemporary);
  }

  const Program* programs_;
};

}  // namespace

void compilePair(Assembler& as, const Program* programs) { PairCompiler(as, programs).compile(); }

}  // namespace ibct::a64

#endif
