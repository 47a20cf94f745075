#if defined(__x86_64__)

#include <algorithm>

#include "loop_parts.hpp"

namespace ibct::x86 {
namespace {

// Places in the course of a turn are told in sixteenths of a program.
constexpr unsigned kProgram = 16;

// Dataset lines are asked for in the second lane's program, after 6 sixteenths.
constexpr unsigned kPrefetchLane = 1;
constexpr unsigned kPrefetchAt = 6;

// How long before a lane wakes it is served: early enough for its scratchpad lines, late enough for
// its dataset line. Version 2 asks for that one a turn earlier.
constexpr unsigned serveAhead(unsigned lanes, Version version) {
  constexpr unsigned kVersion1[kMaxLanes + 1] = {0, 0, 8, 20, 24};
  constexpr unsigned kVersion2[kMaxLanes + 1] = {0, 0, 16, 28, 28};
  return version == Version::v1 ? kVersion1[lanes] : kVersion2[lanes];
}

// Two lanes leave a store's line less time to come than deferring it costs.
constexpr unsigned kLanesToDeferStores = 3;

// Several lanes. In fast mode their dataset lines are asked for together, once a turn: a prefetch
// cannot retire before its address is translated, and translations run side by side. The lane that
// falls asleep leaves everything behind that needs its line; it is given the line (serve) shortly
// before it wakes, so that a read may last nearly a whole turn. In light mode all lanes fall asleep
// before their items are made, side by side; as a lane knows a turn ahead which one it will read,
// those of two turns are made at once.
class BatchCompiler : LoopParts {
 public:
  using LoopParts::LoopParts;

  void compile() {
    if (defersStores())
      for (unsigned lane = 0; lane < options_.lanes; ++lane) {
        far_[lane] = farAccesses(programs_[lane]);
        context_.lanes[lane].storeCount = far_[lane].stores;
      }
    enterFunction();
    if (float_.embedded())
      for (unsigned lane = 0; lane < options_.lanes; ++lane) loadConstants(lane);
    as_.align(64);
    const size_t top = as_.offset();
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      wake(lane);
      head(lane);
      body(lane, interludes(lane), far_[lane]);
      sleep(lane);
    }
    if (makesItems()) makeItems();
    as_.mov32(Reg::rax, 1u);
    as_.mov32(contextField(offsetof(Context, turnsEnded)), Reg::rax);
    as_.sub32(contextField(offsetof(Context, iterationsLeft)), 1);
    as_.jump(Condition::notZero, top);
    leaveFunction();
  }

 private:
  bool makesItems() const { return options_.source == ItemSource::listed; }
  bool defersStores() const { return !makesItems() && options_.lanes >= kLanesToDeferStores; }
  static size_t asleepAt(unsigned i) { return offsetof(LaneContext, asleep) + 8 * i; }
  unsigned laneBefore(unsigned lane) const { return (lane == 0 ? options_.lanes : lane) - 1; }

  std::vector<Interlude> interludes(unsigned lane) {
    if (makesItems()) return {};
    const unsigned ahead = serveAhead(options_.lanes, programs_[lane].version);
    const unsigned sleeper = lane + (ahead + kProgram - 1) / kProgram;
    const unsigned serveAt = (kProgram - ahead % kProgram) % kProgram;
    const size_t size = programs_[lane].size;
    std::vector<Interlude> all;
    if (lane == kPrefetchLane)
      all.push_back({size * kPrefetchAt / kProgram, [this] { prefetchLines(); }});
    all.push_back({size * serveAt / kProgram, [this, sleeper] { serve(sleeper); }});
    std::sort(all.begin(), all.end(),
              [](const Interlude& a, const Interlude& b) { return a.index < b.index; });
    return all;
  }

  void prefetchLines() {
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      as_.mov(Reg::rax, field(lane, offsetof(LaneContext, nextLine)));
      prefetchDataset(ptr(Reg::rax));
    }
  }

  void wake(unsigned lane) {
    if (!float_.embedded()) {
      changeMode(laneBefore(lane), lane);
      loadConstants(lane);
    }
    loadScratchpad(lane);
    loadLines(lane);
    loadIntegers(lane, 8);
  }

  // Steps 6, 7, 9, 11 and 12. The order of steps 10 and 12 matters only when both write the same
  // line.
  void sleep(unsigned lane) {
    datasetRegisters(configuration(lane));
    advanceDataset(lane);
    noteLine(lane);
    for (unsigned i = 0; i < 8; ++i) as_.mov(field(lane, asleepAt(i)), vmReg(i));
    as_.mov(Reg::rcx, field(lane, offsetof(LaneContext, line0)));  // and line1 above it
    as_.mov(field(lane, offsetof(LaneContext, oldLine0)), Reg::rcx);
    as_.mov32(Reg::rcx, Reg::rcx);
    mixFAndE(lane);
    writeF();
    as_.cmp32(contextField(offsetof(Context, iterationsLeft)), 1);
    const size_t notLastTurn = as_.jumpForward(Condition::notZero);
    storeFloats(lane);
    as_.land(notLastTurn);
  }

  // The line that this iteration reads, from the offset in rcx, and the one to ask for, in rax.
  void noteLine(unsigned lane) {
    const auto datasetOffset = static_cast<int32_t>(configuration(lane).datasetOffset);
    if (makesItems()) {
      noteItem(lane, Reg::rcx, datasetOffset);
      as_.mov32(Reg::rcx, field(lane, offsetof(LaneContext, ma)));
      as_.and32(Reg::rcx, static_cast<int32_t>(kDatasetLineMask));
      noteItem(options_.lanes + lane, Reg::rcx, datasetOffset);
      return;
    }
    as_.lea(Reg::rcx, ptr(kDataset, Reg::rcx, datasetOffset));
    as_.lea(Reg::rax, ptr(kDataset, Reg::rax, datasetOffset));
    as_.mov(field(lane, offsetof(LaneContext, readLine)), Reg::rcx);
    as_.mov(field(lane, offsetof(LaneContext, nextLine)), Reg::rax);
  }

  // Of the line whose offset, but for the program's, is in `line`.
  void noteItem(unsigned place, Reg line, int32_t datasetOffset) {
    as_.lea(line, ptr(line, datasetOffset));
    as_.shr(line, 6);
    as_.mov(contextField(offsetof(Context, itemNumbers) + 8 * place), line);
  }

  void makeItems() {
    as_.cmp32(contextField(offsetof(Context, itemsAhead)), 0);
    const size_t ahead = as_.jumpForward(Condition::notZero);
    makeListed();
    readItems(0, 1);
    const size_t made = as_.jumpForward();
    as_.land(ahead);
    readItems(options_.lanes, 0);
    as_.land(made);
    for (unsigned lane = 0; lane < options_.lanes; ++lane) serve(lane + options_.lanes);
  }

  // It may change every register but rbx, rbp and r12…r15.
  void makeListed() {
    as_.mov(Reg::rdi, contextField(offsetof(Context, source)));
    as_.lea(Reg::rsi, contextField(offsetof(Context, itemNumbers)));
    as_.lea(Reg::rdx, contextField(offsetof(Context, items)));
    as_.call(contextField(offsetof(Context, makeListed)));
    loadShared();
  }

  // The lanes' lines are the items from `first` on.
  void readItems(unsigned first, unsigned itemsAhead) {
    for (unsigned lane = 0; lane < options_.lanes; ++lane) {
      as_.lea(Reg::rax, contextField(offsetof(Context, items) + 64 * (first + lane)));
      as_.mov(field(lane, offsetof(LaneContext, readLine)), Reg::rax);
    }
    as_.mov32(Reg::rax, itemsAhead);
    as_.mov32(contextField(offsetof(Context, itemsAhead)), Reg::rax);
  }

  // Steps 8 and 10, and step 1 of the next iteration. A CBRANCH of the lane that is awake may
  // repeat it. `sleeper`: counted on beyond the last lane when it has run in this turn already; a
  // lane that has not run yet is owed nothing in the first turn.
  void serve(unsigned sleeper) {
    const unsigned lane = sleeper % options_.lanes;
    const bool ranThisTurn = sleeper >= options_.lanes;
    const Configuration& c = configuration(lane);
    size_t firstTurn = 0;
    if (!ranThisTurn) {
      as_.cmp32(contextField(offsetof(Context, turnsEnded)), 0);
      firstTurn = as_.jumpForward(Condition::zero);
    }
    finishStores(lane);
    as_.mov(Reg::rax, field(lane, offsetof(LaneContext, readLine)));
    as_.mov(Reg::rdx, field(lane, offsetof(LaneContext, scratchpad)));
    as_.mov(Reg::rcx, field(lane, asleepAt(c.readRegister[0])));
    as_.xor_(Reg::rcx, field(lane, asleepAt(c.readRegister[1])));
    as_.xor_(Reg::rcx, ptr(Reg::rax, 8 * c.readRegister[0]));
    as_.xor_(Reg::rcx, ptr(Reg::rax, 8 * c.readRegister[1]));
    as_.and_(Reg::rcx, contextField(offsetof(Context, lineMasks)));
    as_.mov(field(lane, offsetof(LaneContext, line0)), Reg::rcx);
    as_.mov32(kLine0, Reg::rcx);
    as_.shr(Reg::rcx, 32);
    as_.prefetchT0(ptr(Reg::rdx, kLine0));
    as_.prefetchT0(ptr(Reg::rdx, Reg::rcx));

    as_.mov32(Reg::rcx, field(lane, offsetof(LaneContext, oldLine1)));
    as_.add(Reg::rdx, Reg::rcx);
    as_.cmp32(Reg::rcx, field(lane, offsetof(LaneContext, oldLine0)));
    as_.lea(Reg::rcx, contextField(offsetof(Context, item)));  // where nobody reads
    as_.movIf(Condition::zero, Reg::rdx, Reg::rcx);
    giveLine(lane);
    if (!ranThisTurn) as_.land(firstTurn);
  }

  // The lane's deferred stores. Step 12 is done already, and what it wrote has the last word.
  void finishStores(unsigned lane) {
    const size_t count = context_.lanes[lane].storeCount;
    if (count == 0) return;
    as_.mov32(Reg::rdx, field(lane, offsetof(LaneContext, oldLine0)));
    as_.add(Reg::rdx, field(lane, offsetof(LaneContext, scratchpad)));
    for (size_t i = 0; i < count; ++i) {
      as_.mov(Reg::rcx, field(lane, storeAt(i)));
      as_.mov(Reg::rax, Reg::rcx);
      as_.xor_(Reg::rax, Reg::rdx);
      as_.cmp(Reg::rax, 64);
      const size_t overwritten = as_.jumpForward(Condition::below);
      as_.mov(Reg::rbx, field(lane, storeValueAt(i)));
      as_.mov(ptr(Reg::rcx), Reg::rbx);
      as_.land(overwritten);
    }
  }

  // r0…r7 ^= the line in rax, on the way from where they sleep to where they wake, and to the line
  // in rdx. In xmm registers it would cost four lanes 1.5 % on a Zen 3.
  void giveLine(unsigned lane) {
    if (options_.features.avx512) {
      giveLine(lane, Width::zmm, kWideLine);
    } else if (options_.features.avx2) {
      giveLine(lane, Width::ymm, kTemporary);
      as_.vzeroupper();  // SSE code that follows would have to merge its results
    } else {
      for (unsigned i = 0; i < 8; i += 2) {
        const auto at = static_cast<int32_t>(8 * i);
        as_.movapd(kTemporary, field(lane, asleepAt(i)));
        as_.xorps(kTemporary, ptr(Reg::rax, at));
        as_.movapd(field(lane, rAt(i)), kTemporary);
        as_.movapd(ptr(Reg::rdx, at), kTemporary);
      }
    }
  }

  void giveLine(unsigned lane, Width width, Vec piece) {
    const unsigned words = 2U << static_cast<unsigned>(width);
    for (unsigned i = 0; i < 8; i += words) {
      const auto at = static_cast<int32_t>(8 * i);
      as_.vload(width, piece, field(lane, asleepAt(i)));
      as_.vop(kPxorq, width, piece, piece, ptr(Reg::rax, at));
      as_.vstore(width, field(lane, rAt(i)), piece);
      as_.vstore(width, ptr(Reg::rdx, at), piece);
    }
  }

  std::array<FarAccesses, kMaxLanes> far_{};
};

}  // namespace

void compileBatch(Assembler& as, const Program* programs, Context& context,
                  const LoopOptions& options) {
  BatchCompiler(as, programs, context, options).compile();
}

}  // namespace ibct::x86

#endif
