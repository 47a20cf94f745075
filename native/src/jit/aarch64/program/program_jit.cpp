#if defined(__aarch64__)

#include "../../program_jit.hpp"

#include <algorithm>

#include "../../../memory/code_buffer.hpp"
#include "../../../primitives/aes_round.hpp"
#include "loop_compiler.hpp"

namespace ibct {
namespace {

// The longest instruction has less than 48 bytes, what stands around a program less than 2 KiB.
constexpr size_t kCodeBytes = 2 * (kMaxInstructions * 48 + 2048);

// Lanes run in pairs where they can, else one after the other.
class AArch64ProgramJit : public ProgramRunner {
 public:
  AArch64ProgramJit(unsigned lanes, const CpuFeatures& features, CodeBuffer code)
      : lanes_(lanes), features_(features), code_(std::move(code)) {
    context_.eKeep.fill(kEKeepMask);
    context_.scale.fill(kScaleMask);
    context_.mixSoftly = reinterpret_cast<const void*>(&softAesMix);
  }

  void run(const Program* programs, VmState* vms, const DatasetSource& source) override {
    const bool inPairs = a64::runsAsPair(programs[0].version, source.dataset != nullptr, features_);
    for (unsigned lane = 0; lane < lanes_;) {
      const unsigned count = inPairs && lane + 1 < lanes_ ? 2 : 1;
      if (!runCompiled(programs + lane, vms + lane, count, source))
        for (unsigned i = 0; i < count; ++i)
          interpret(programs[lane + i], vms[lane + i], source, iterations_);
      lane += count;
    }
  }

  const char* name() const override { return "jit-aarch64"; }
  void setIterations(unsigned iterations) override { iterations_ = iterations; }

 private:
  // False when there is no code for the items, or the system took back the right to make code.
  bool runCompiled(const Program* programs, VmState* vms, unsigned count,
                   const DatasetSource& source) {
    const bool fromDataset = source.dataset != nullptr;
    if (!fromDataset && source.cache->itemCode() == nullptr) return false;
    if (!compile(programs, count, fromDataset)) return false;
    context_.iterations = iterations_;
    context_.makeItem = fromDataset ? nullptr : source.cache->itemCode();
    for (unsigned i = 0; i < count; ++i) enter(context_.lanes[i], programs[i], vms[i], source);
    reinterpret_cast<a64::LoopFunction>(reinterpret_cast<uintptr_t>(code_.executable()))(&context_);
    for (unsigned i = 0; i < count; ++i) leave(context_.lanes[i], vms[i]);
    return true;
  }

  bool compile(const Program* programs, unsigned count, bool fromDataset) {
    uint8_t* memory = code_.beginWriting();
    if (memory == nullptr) return false;
    a64::Assembler as(memory, code_.size());
    if (count == 2)
      a64::compilePair(as, programs);
    else
      a64::compileLone(as, programs[0], fromDataset, features_);
    return code_.finishWriting(std::min(as.offset(), code_.size())) && !as.overflowed();
  }

  static void enter(a64::LaneContext& lane, const Program& program, const VmState& vm,
                    const DatasetSource& source) {
    const Configuration& c = program.configuration;
    lane.registers.a = c.a;
    lane.eSet = c.eMask;
    lane.scratchpad = vm.scratchpad;
    lane.source =
        source.dataset != nullptr ? source.dataset + c.datasetOffset : source.cache->memory();
    lane.fpcr = a64::kFpcrOfMode[vm.rounding];
    lane.ma = c.ma;
    lane.mx = c.mx;
  }
  static void leave(const a64::LaneContext& lane, VmState& vm) {
    vm.registers = lane.registers;
    vm.ma = lane.ma;
    vm.mx = lane.mx;
    const auto mode = std::find(a64::kFpcrOfMode.begin(), a64::kFpcrOfMode.end(), lane.fpcr);
    vm.rounding = static_cast<RoundingMode>(mode - a64::kFpcrOfMode.begin());
  }

  const unsigned lanes_;
  const CpuFeatures features_;
  unsigned iterations_ = kIterations;
  CodeBuffer code_;
  a64::Context context_{};
};

}  // namespace

std::unique_ptr<ProgramRunner> createProgramJit(unsigned lanes, const CpuFeatures& features) {
  CodeBuffer code(kCodeBytes);
  if (!code) return nullptr;
  return std::make_unique<AArch64ProgramJit>(lanes, features, std::move(code));
}

}  // namespace ibct

#endif
