#if defined(__aarch64__)

#include "loop_compiler.hpp"
#include "loop_parts.hpp"

namespace ibct::a64 {
namespace {

// r0…r7 and all that outlives an iteration live in registers that the called functions keep: the
// cache's code changes x0 and x8 to x17.
constexpr Lane kLane{20, 0, 16, v(27), x(28), x(2)};
constexpr Reg kContext = x(19);
constexpr Reg kSource = x(1);  // where itemEntry() looks for the cache
constexpr Reg kIterationsLeft = x(3);
constexpr Reg kMa = x(4);
constexpr Reg kMx = x(5);
constexpr Reg kLine0 = x(6);
constexpr Reg kLine1 = x(7);

class LoneCompiler : LoopParts {
 public:
  LoneCompiler(Assembler& as, const Program& program, bool fromDataset, const CpuFeatures& features)
      : LoopParts(as), program_(program), fromDataset_(fromDataset), hasAes_(features.aes) {}

  void compile() {
    enter();
    as_.align(64);
    const size_t top = as_.offset();
    head();
    compileBody(as_, program_, kLane);
    tail();
    as_.subAndTest32(kIterationsLeft, kIterationsLeft, 1);
    as_.jump(Condition::notEqual, top);
    leave();
  }

 private:
  const Configuration& configuration() const { return program_.configuration; }

  void enter() {
    enterFunction();
    as_.mov(kContext, x(0));
    as_.load(kLane.fpcr, kContext, laneAt(0, offsetof(LaneContext, fpcr)));
    as_.writeFpcr(kLane.fpcr);
    as_.load(kLane.scratchpad, kContext, laneAt(0, offsetof(LaneContext, scratchpad)));
    as_.load(kSource, kContext, laneAt(0, offsetof(LaneContext, source)));
    as_.load32(kIterationsLeft, kContext, offsetof(Context, iterations));
    as_.load32(kMa, kContext, laneAt(0, offsetof(LaneContext, ma)));
    as_.load32(kMx, kContext, laneAt(0, offsetof(LaneContext, mx)));
    as_.mov32(kLine0, kMx);
    as_.mov32(kLine1, kMa);
    for (unsigned i = 0; i < 8; ++i) as_.mov(kLane.r(i), kZero);
    loadShared(kContext);
    loadConstants(0, kLane, kContext);
  }
  void leave() {
    storeIntegers(0, kLane, kContext);
    storeFloats(0, kLane, kContext);
    as_.store32(kMa, kContext, laneAt(0, offsetof(LaneContext, ma)));
    as_.store32(kMx, kContext, laneAt(0, offsetof(LaneContext, mx)));
    as_.store(kLane.fpcr, kContext, laneAt(0, offsetof(LaneContext, fpcr)));
    leaveFunction(kContext);
  }

  // Steps 1 to 4: the scratchpad lines arrive.
  void head() {
    lineAddresses(configuration(), kLane, kTemporary);
    as_.exclusiveOr32(kLine0, kLine0, kTemporary);
    as_.and32(kLine0, kLine0, maskOf(kL3LineMask));
    as_.lsr(kTemporary, kTemporary, 32);
    as_.exclusiveOr32(kLine1, kLine1, kTemporary);
    as_.and32(kLine1, kLine1, maskOf(kL3LineMask));
    as_.add(kTemporary3, kLane.scratchpad, kLine0);
    xorLine(kLane, &Assembler::loadPair);
    as_.add(kTemporary3, kLane.scratchpad, kLine1);
    loadFloats(kLane);
  }

  // Steps 6 to 12: the next dataset line is asked for, this one arrives, results go to the
  // scratchpad.
  void tail() {
    const Reg asked = program_.version == Version::v1 ? kMx : kMa;
    as_.and32(kTemporary2, kMa, maskOf(kDatasetLineMask));
    datasetAddress(configuration(), kLane, kTemporary);
    as_.exclusiveOr32(asked, asked, kTemporary);
    if (fromDataset_) {
      as_.and32(kTemporary, asked, maskOf(kDatasetLineMask));
      // A dataset line is read once: it need not take the scratchpad's place in the caches.
      as_.prefetchStreamed(kSource, kTemporary);
      as_.add(kTemporary3, kSource, kTemporary2);
      xorLine(kLane, &Assembler::loadPairStreamed);
    } else {
      xorMadeItem();
    }
    as_.mov32(kTemporary, kMa);
    as_.mov32(kMa, kMx);
    as_.mov32(kMx, kTemporary);
    prefetchNextLines();

    as_.add(kTemporary3, kLane.scratchpad, kLine1);
    writeIntegers(kLane);
    mixFAndE();
    as_.add(kTemporary3, kLane.scratchpad, kLine0);
    writeFloats(kLane);
    as_.mov32(kLine0, kZero);
    as_.mov32(kLine1, kZero);
  }
  // Those that the next head reads are known as soon as the dataset line is there.
  void prefetchNextLines() {
    lineAddresses(configuration(), kLane, kTemporary);
    as_.and32(kTemporary2, kTemporary, maskOf(kL3LineMask));
    as_.prefetch(kLane.scratchpad, kTemporary2);
    as_.lsr(kTemporary, kTemporary, 32);
    as_.and32(kTemporary2, kTemporary, maskOf(kL3LineMask));
    as_.prefetch(kLane.scratchpad, kTemporary2);
  }
  // kTemporary2: the line's address within the dataset's window.
  void xorMadeItem() {
    as_.addImmediate(x(0), kTemporary2, configuration().datasetOffset, kTemporary);
    as_.lsr(x(0), x(0), 6);
    as_.load(x(16), kContext, offsetof(Context, makeItem));
    as_.call(x(16));
    for (unsigned i = 0; i < 8; ++i) as_.exclusiveOr(kLane.r(i), kLane.r(i), x(8 + i));
  }

  void mixFAndE() {
    if (program_.version == Version::v1)
      mixByXor(kLane);
    else if (hasAes_)
      mixByAes(kLane);
    else
      callMixSoftly();
  }
  void callMixSoftly() {
    for (unsigned i = 1; i < 8; ++i) as_.store(x(i), kContext, offsetof(Context, saved) + 8 * i);
    storeFloats(0, kLane, kContext);
    as_.addImmediate(x(0), kContext, fAt(0, 0), kTemporary);
    as_.addImmediate(x(1), kContext, eAt(0, 0), kTemporary);
    as_.load(x(16), kContext, offsetof(Context, mixSoftly));
    as_.call(x(16));
    for (unsigned i = 1; i < 8; ++i) as_.load(x(i), kContext, offsetof(Context, saved) + 8 * i);
    for (unsigned i = 0; i < 4; ++i) {
      as_.load(kLane.f(i), kContext, fAt(0, i));
      as_.load(kLane.e(i), kContext, eAt(0, i));
    }
    loadShared(kContext);
    loadConstants(0, kLane, kContext);
  }

  const Program& program_;
  const bool fromDataset_;
  const bool hasAes_;
};

}  // namespace

void compileLone(Assembler& as, const Program& program, bool fromDataset,
                 const CpuFeatures& features) {
  LoneCompiler(as, program, fromDataset, features).compile();
}

}  // namespace ibct::a64

#endif
