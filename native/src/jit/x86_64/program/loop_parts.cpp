#if defined(__x86_64__)

#include "loop_parts.hpp"

#include <iterator>

namespace ibct::x86 {
namespace {

constexpr Reg kCalleeSaved[] = {Reg::rbx, Reg::rbp, Reg::r12, Reg::r13, Reg::r14, Reg::r15};

}  // namespace

LoopParts::LoopParts(Assembler& as, const Program* programs, Context& context,
                     const LoopOptions& options)
    : as_(as),
      programs_(programs),
      context_(context),
      options_(options),
      float_(as, options.rounding) {}

void LoopParts::enterFunction() {
  for (Reg r : kCalleeSaved) as_.push(r);
  as_.sub(Reg::rsp, 8);
  as_.mov(kContext, Reg::rdi);
  as_.stmxcsr(contextField(offsetof(Context, callersMxcsr)));
  as_.mov32(Reg::rax, field(0, offsetof(LaneContext, modeOffset)));
  as_.ldmxcsr(controlWord(Reg::rax));
  loadShared();
}

void LoopParts::leaveFunction() {
  if (float_.embedded()) as_.vzeroupper();
  as_.ldmxcsr(contextField(offsetof(Context, callersMxcsr)));
  as_.add(Reg::rsp, 8);
  for (size_t i = std::size(kCalleeSaved); i-- > 0;) as_.pop(kCalleeSaved[i]);
  as_.ret();
}

void LoopParts::loadShared() {
  as_.mov(kDataset, contextField(offsetof(Context, source)));
  float_.load(kEKeep, contextField(offsetof(Context, eKeep)));
  float_.load(kScale, contextField(offsetof(Context, scale)));
}

void LoopParts::loadConstants(unsigned lane) {
  const LaneVectors own = vectors(lane);
  for (unsigned i = 0; i < 4; ++i) float_.load(own.a[i], field(lane, aAt(i)));
  float_.load(own.eSet, field(lane, offsetof(LaneContext, eSet)));
}

void LoopParts::loadScratchpad(unsigned lane) {
  as_.mov(kScratchpad, field(lane, offsetof(LaneContext, scratchpad)));
}

void LoopParts::loadLines(unsigned lane) {
  as_.mov32(kLine0, field(lane, offsetof(LaneContext, line0)));
  as_.mov32(kLine1, field(lane, offsetof(LaneContext, line1)));
}

void LoopParts::loadIntegers(unsigned lane, unsigned count) {
  for (unsigned i = 0; i < count; ++i) as_.mov(vmReg(i), field(lane, rAt(i)));
}

void LoopParts::storeIntegers(unsigned lane, unsigned count) {
  for (unsigned i = 0; i < count; ++i) as_.mov(field(lane, rAt(i)), vmReg(i));
}

void LoopParts::storeFloats(unsigned lane) {
  for (unsigned i = 0; i < 4; ++i) float_.store(field(lane, fAt(i)), fReg(i));
  for (unsigned i = 0; i < 4; ++i) float_.store(field(lane, eAt(i)), eReg(i));
}

void LoopParts::reload(unsigned lane) {
  loadShared();
  loadScratchpad(lane);
  loadConstants(lane);
  loadIntegers(lane, 4);
  for (unsigned i = 0; i < 4; ++i) float_.load(fReg(i), field(lane, fAt(i)));
  for (unsigned i = 0; i < 4; ++i) float_.load(eReg(i), field(lane, eAt(i)));
}

void LoopParts::prefetchDataset(Mem line) {
  switch (options_.features.datasetPrefetch) {
    case DatasetPrefetch::t0:
      return as_.prefetchT0(line);
    case DatasetPrefetch::nta:
      return as_.prefetchNta(line);
    case DatasetPrefetch::none:
      return;
  }
}

// Where ldmxcsr is slow a branch around it pays, mispredictions included.
void LoopParts::changeMode(unsigned from, unsigned to) {
  const bool mayDiffer = changesRounding(programs_[from]) || changesRounding(programs_[to]) ||
                         context_.lanes[from].modeOffset != context_.lanes[to].modeOffset;
  if (float_.embedded() || !mayDiffer) return;
  as_.mov32(Reg::rax, field(to, offsetof(LaneContext, modeOffset)));
  if (options_.features.fastControlWord) {
    as_.ldmxcsr(controlWord(Reg::rax));
    return;
  }
  as_.cmp32(Reg::rax, field(from, offsetof(LaneContext, modeOffset)));
  const size_t equal = as_.jumpForward(Condition::zero);
  as_.ldmxcsr(controlWord(Reg::rax));
  as_.land(equal);
}

void LoopParts::head(unsigned lane) {
  for (unsigned i = 0; i < 8; ++i)
    as_.xor_(vmReg(i), ptr(kScratchpad, kLine0, static_cast<int32_t>(8 * i)));
  for (unsigned i = 0; i < 4; ++i)
    float_.convert(fReg(i), ptr(kScratchpad, kLine1, static_cast<int32_t>(8 * i)));
  for (unsigned i = 0; i < 4; ++i) {
    float_.convert(eReg(i), ptr(kScratchpad, kLine1, static_cast<int32_t>(32 + 8 * i)));
    float_.maskE(eReg(i), vectors(lane).eSet);
  }
}

void LoopParts::body(unsigned lane, std::vector<Interlude> interludes, const FarAccesses& far) {
  LaneContext& own = context_.lanes[lane];
  const unsigned mode = modeAt(own.modeOffset);
  const BodyStarts starts =
      compileBody(as_, programs_[lane],
                  {lane, options_.rounding, mode, options_.features, far, std::move(interludes)});
  const bool hasCopies = starts[0] != 0;
  for (unsigned i = 0; i < 4; ++i)
    own.entries[i] = hasCopies ? options_.executable + starts[i] : nullptr;
  own.entry = own.entries[mode];
}

void LoopParts::datasetRegisters(const Configuration& configuration) {
  as_.mov32(Reg::rax, vmReg(configuration.readRegister[2]));
  as_.xor32(Reg::rax, vmReg(configuration.readRegister[3]));
}

void LoopParts::advanceDataset(unsigned lane) {
  const Mem ma = field(lane, offsetof(LaneContext, ma));
  const Mem mx = field(lane, offsetof(LaneContext, mx));
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
  as_.and32(Reg::rax, static_cast<int32_t>(kDatasetLineMask));
}

void LoopParts::makeItem(unsigned lane) {
  if (options_.source == ItemSource::itemCode)
    callItemCode(lane);
  else
    callItemFunction(lane);
}

// It leaves the item in r8…r15 and everything but rax, rcx and rdx alone.
void LoopParts::callItemCode(unsigned lane) {
  itemNumber(lane, Reg::rax);
  storeIntegers(lane, 8);
  as_.call(contextField(offsetof(Context, makeItem)));
  xorItem(field(lane, rAt(0)));
}

// The called function may change every register but rbx, rbp and r12…r15.
void LoopParts::callItemFunction(unsigned lane) {
  itemNumber(lane, Reg::rsi);
  storeIntegers(lane, 4);
  storeFloats(lane);
  as_.lea(Reg::rdx, contextField(offsetof(Context, item)));
  as_.call(contextField(offsetof(Context, makeItem)));
  reload(lane);
  xorItem(contextField(offsetof(Context, item)));
}

// Of the line whose address within the dataset's window is in rcx.
void LoopParts::itemNumber(unsigned lane, Reg number) {
  as_.mov(number, field(lane, offsetof(LaneContext, datasetOffset)));
  as_.add(number, Reg::rcx);
  as_.shr(number, 6);
}

void LoopParts::xorItem(Mem item) {
  for (unsigned i = 0; i < 8; ++i) {
    as_.xor_(vmReg(i), item);
    item.displacement += 8;
  }
}

void LoopParts::lineRegisters(const Configuration& configuration) {
  as_.mov(kLine1, vmReg(configuration.readRegister[0]));
  as_.xor_(kLine1, vmReg(configuration.readRegister[1]));
}

void LoopParts::writeResults(unsigned lane) {
  as_.mov(Reg::rdx, field(lane, offsetof(LaneContext, line0)));  // and line1 above it
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

void LoopParts::mixFAndE(unsigned lane) {
  if (programs_[lane].version == Version::v1) {
    for (unsigned i = 0; i < 4; ++i) float_.xor_(fReg(i), eReg(i));
  } else if (options_.features.aes) {
    for (unsigned key = 0; key < 4; ++key) {
      float_.aesEncrypt(fReg(0), eReg(key));
      float_.aesDecrypt(fReg(1), eReg(key));
      float_.aesEncrypt(fReg(2), eReg(key));
      float_.aesDecrypt(fReg(3), eReg(key));
    }
  } else {
    mixSoftly(lane);
  }
}

void LoopParts::mixSoftly(unsigned lane) {
  storeFloats(lane);
  storeIntegers(lane, 4);
  as_.push(Reg::rax);
  as_.push(Reg::rcx);
  as_.lea(Reg::rdi, field(lane, fAt(0)));
  as_.lea(Reg::rsi, field(lane, eAt(0)));
  as_.call(contextField(offsetof(Context, mixSoftly)));
  as_.pop(Reg::rcx);
  as_.pop(Reg::rax);
  reload(lane);
}

void LoopParts::writeF() {
  for (unsigned i = 0; i < 4; ++i)
    float_.store(ptr(kScratchpad, Reg::rcx, static_cast<int32_t>(16 * i)), fReg(i));
}

}  // namespace ibct::x86

#endif
