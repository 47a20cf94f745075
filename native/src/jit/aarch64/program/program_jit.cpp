#if defined(__aarch64__)

#include "../../program_jit.hpp"

#include <algorithm>

#include "../../../memory/code_buffer.hpp"
#include "../../../primitives/aes_round.hpp"
#include "loop_compiler.hpp"

namespace ibct {
namespace {

// The longest instruction has less than 48 bytes, head and tail less than 2 KiB.
constexpr size_t kCodeBytes = kMaxInstructions * 48 + 4096;

// Lanes run one after the other: nobody has measured yet what interleaving brings on ARM.
class AArch64ProgramJit : public ProgramRunner {
 public:
  AArch64ProgramJit(unsigned lanes, const CpuFeatures& features, CodeBuffer code)
      : lanes_(lanes), features_(features), code_(std::move(code)) {
    context_.eKeep.fill(kEKeepMask);
    context_.scale.fill(kScaleMask);
    context_.mixSoftly = reinterpret_cast<const void*>(&softAesMix);
  }

  void run(const Program* programs, VmState* vms, const DatasetSource& source) override {
    for (unsigned lane = 0; lane < lanes_; ++lane)
      if (!runCompiled(programs[lane], vms[lane], source))
        interpret(programs[lane], vms[lane], source, iterations_);
  }

  const char* name() const override { return "jit-aarch64"; }
  void setIterations(unsigned iterations) override { iterations_ = iterations; }

 private:
  // False when there is no code for the items, or the system took back the right to make code.
  bool runCompiled(const Program& program, VmState& vm, const DatasetSource& source) {
    const bool fromDataset = source.dataset != nullptr;
    if (!fromDataset && source.cache->itemCode() == nullptr) return false;
    if (!compile(program, fromDataset)) return false;
    enter(program, vm, source);
    reinterpret_cast<a64::LoopFunction>(reinterpret_cast<uintptr_t>(code_.executable()))(&context_);
    leave(vm);
    return true;
  }

  bool compile(const Program& program, bool fromDataset) {
    uint8_t* memory = code_.beginWriting();
    if (memory == nullptr) return false;
    a64::Assembler as(memory, code_.size());
    a64::compileLoop(as, program, fromDataset, features_);
    return code_.finishWriting(std::min(as.offset(), code_.size())) && !as.overflowed();
  }

  void enter(const Program& program, const VmState& vm, const DatasetSource& source) {
    const Configuration& c = program.configuration;
    context_.registers.a = c.a;
    context_.eSet = c.eMask;
    context_.scratchpad = vm.scratchpad;
    context_.iterations = iterations_;
    context_.fpcr = a64::kFpcrOfMode[vm.rounding];
    context_.ma = c.ma;
    context_.mx = c.mx;
    if (source.dataset != nullptr) {
      context_.source = source.dataset + c.datasetOffset;
      context_.makeItem = nullptr;
    } else {
      context_.source = source.cache->memory();
      context_.makeItem = source.cache->itemCode();
    }
  }
  void leave(VmState& vm) const {
    vm.registers = context_.registers;
    vm.ma = static_cast<uint32_t>(context_.ma);
    vm.mx = static_cast<uint32_t>(context_.mx);
    const auto mode = std::find(a64::kFpcrOfMode.begin(), a64::kFpcrOfMode.end(), context_.fpcr);
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
