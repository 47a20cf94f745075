#if defined(__x86_64__)

#include "../../program_jit.hpp"

#include <xmmintrin.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "../../../memory/code_buffer.hpp"
#include "../../../primitives/aes_round.hpp"
#include "../../../primitives/bytes.hpp"
#include "loop_compiler.hpp"
#include "recipes.hpp"

namespace ibct {
namespace {

// The longest instruction (CFROUND of version 2) has less than 64 bytes, what deferred stores need
// beyond that less than 4 KiB, and both may stand in four copies; head, tail and all that serves
// other lanes have less than 4 KiB.
constexpr size_t kLaneCodeBytes = 4 * (kMaxInstructions * 64 + 4096) + 4096;
constexpr size_t kCodeBytes = kMaxLanes * kLaneCodeBytes + 4096;

void IBCT_JIT_ABI itemFunction(const Cache* cache, uint64_t number, uint8_t* out) {
  cache->item(number, out);
}

void IBCT_JIT_ABI listedFunction(const Cache* cache, const uint64_t* numbers, uint8_t* out) {
  cache->makeListed(numbers, out);
}

void IBCT_JIT_ABI mixSoftly(uint8_t* f, const uint8_t* e) { softAesMix(f, e); }

class X86ProgramJit : public ProgramRunner {
 public:
  X86ProgramJit(unsigned lanes, const CpuFeatures& features, CodeBuffer code)
      : lanes_(lanes), features_(features), code_(std::move(code)) {
    context_.eKeep.fill(kEKeepMask);
    context_.scale.fill(kScaleMask);
    context_.lineMasks = uint64_t{kL3LineMask} << 32 | kL3LineMask;
    for (unsigned mode = 0; mode < 4; ++mode)
      context_.controlWords[mode] = kMxcsrBase | mode << kMxcsrRoundingShift;
    context_.mixSoftly = reinterpret_cast<const void*>(&mixSoftly);
    context_.makeListed = reinterpret_cast<const void*>(&listedFunction);
  }

  void run(const Program* programs, VmState* vms, const DatasetSource& source) override {
    context_.iterationsLeft = iterations_;
    context_.turnsEnded = 0;
    context_.itemsAhead = 0;
    const x86::ItemSource itemSource = chooseItemSource(source);
    if (lanes_ == 1 && itemSource == x86::ItemSource::dataset)
      context_.source = source.dataset + programs[0].configuration.datasetOffset;
    for (unsigned lane = 0; lane < lanes_; ++lane)
      enter(context_.lanes[lane], programs[lane], vms[lane], source);

    if (!compile(programs, itemSource)) {  // the system took back the right to write or execute
      for (unsigned lane = 0; lane < lanes_; ++lane)
        interpret(programs[lane], vms[lane], source, iterations_);
      return;
    }
    reinterpret_cast<x86::LoopFunction>(reinterpret_cast<uintptr_t>(code_.executable()))(&context_);

    for (unsigned lane = 0; lane < lanes_; ++lane) {
      if (x86::runsAsBatch(lanes_, itemSource)) giveLine(context_.lanes[lane]);
      leave(context_.lanes[lane], vms[lane]);
    }
  }

  const char* name() const override { return "jit-x86-64"; }
  void setIterations(unsigned iterations) override { iterations_ = iterations; }

 private:
  bool compile(const Program* programs, x86::ItemSource itemSource) {
    uint8_t* memory = code_.beginWriting();
    if (memory == nullptr) return false;
    x86::Assembler as(memory, code_.size());
    const x86::LoopOptions options{lanes_, itemSource, rounding(programs[0].version, itemSource),
                                   features_, code_.executable()};
    if (x86::runsAsBatch(lanes_, itemSource)) {
      frame_ = {};
      x86::compileBatch(as, programs, context_, options);
    } else if (lanes_ > 1) {
      x86::compileLoop(as, programs, context_, options);
    } else {
      x86::compileLone(as, programs[0], context_, options, frame_);
    }
    return code_.finishWriting(as.offset()) && !as.overflowed();
  }

  // The vectors above xmm15 do not outlive calls, so only fast mode may keep constants there. In
  // version 2 a CFROUND seldom changes the mode, and wide instructions cost more than they bring.
  x86::Rounding rounding(Version version, x86::ItemSource source) const {
    const bool embedded = features_.avx512 && features_.fastEmbeddedRounding && features_.aes &&
                          version == Version::v1 && source == x86::ItemSource::dataset;
    return embedded ? x86::Rounding::embedded : x86::Rounding::control;
  }

  x86::ItemSource chooseItemSource(const DatasetSource& source) {
    if (source.dataset != nullptr) {
      context_.source = source.dataset;
      return x86::ItemSource::dataset;
    }
    if (source.cache->listedItems() == 2 * lanes_) {
      context_.source = source.cache;
      return x86::ItemSource::listed;
    }
    if (source.cache->itemCode() != nullptr) {
      context_.source = source.cache->memory();
      context_.makeItem = source.cache->itemCode();
      return x86::ItemSource::itemCode;
    }
    context_.source = source.cache;
    context_.makeItem = reinterpret_cast<const void*>(&itemFunction);
    return x86::ItemSource::function;
  }

  static void enter(x86::LaneContext& lane, const Program& program, const VmState& vm,
                    const DatasetSource& source) {
    const Configuration& c = program.configuration;
    lane.registers.r.fill(0);
    lane.registers.a = c.a;
    lane.eSet = c.eMask;
    lane.scratchpad = vm.scratchpad;
    lane.line0 = c.mx & kL3LineMask;
    lane.line1 = c.ma & kL3LineMask;
    lane.ma = c.ma;
    lane.mx = c.mx;
    lane.datasetOffset = c.datasetOffset;
    lane.entry = nullptr;
    lane.storeCount = 0;
    lane.modeOffset = x86::modeOffset(vm.rounding);
    if (source.dataset == nullptr) return;
    lane.nextLine = source.dataset + c.datasetOffset + (c.ma & kDatasetLineMask);
    for (const uint32_t address : {c.ma, c.mx})
      __builtin_prefetch(source.dataset + c.datasetOffset + (address & kDatasetLineMask), 0, 0);
  }
  // What a batch still owes a lane after the last turn.
  static void giveLine(x86::LaneContext& lane) {
    const uint8_t* line0 = lane.scratchpad + lane.oldLine0;
    for (size_t i = 0; i < lane.storeCount; ++i) {
      const x86::DeferredStore& store = lane.stores[i];
      if (reinterpret_cast<uintptr_t>(store.at) - reinterpret_cast<uintptr_t>(line0) >= 64)
        store64(store.at, store.value);
    }
    for (size_t i = 0; i < 8; ++i)
      lane.registers.r[i] = lane.asleep[i] ^ load64(lane.readLine + 8 * i);
    if (lane.oldLine1 != lane.oldLine0)
      std::memcpy(lane.scratchpad + lane.oldLine1, lane.registers.r.data(), 64);
  }
  static void leave(const x86::LaneContext& lane, VmState& vm) {
    vm.registers = lane.registers;
    vm.ma = lane.ma;
    vm.mx = lane.mx;
    if (lane.entry == nullptr) {
      vm.rounding = x86::modeAt(lane.modeOffset);
    } else {
      const auto found = std::find(lane.entries.begin(), lane.entries.end(), lane.entry);
      vm.rounding = static_cast<RoundingMode>(found - lane.entries.begin());
    }
  }

  const unsigned lanes_;
  const CpuFeatures features_;
  unsigned iterations_ = kIterations;
  CodeBuffer code_;
  x86::LoneFrame frame_{};  // in code_
  x86::Context context_{};
};

}  // namespace

std::unique_ptr<ProgramRunner> createProgramJit(unsigned lanes, const CpuFeatures& features) {
  CodeBuffer code(kCodeBytes);
  if (!code) return nullptr;
  x86::recipesFor(features.bmi2, x86::Rounding::control);  // threads that hash must not make them
  return std::make_unique<X86ProgramJit>(lanes, features, std::move(code));
}

}  // namespace ibct

#endif
