// Fills the ports of an imagined CPU with instructions until none is free. Every draw and every
// quirk is part of the algorithm (spec chapter 6, made exact by the reference implementation): the
// order of statements here matters.
#include "../primitives/reciprocal.hpp"
#include "blake_generator.hpp"
#include "kinds.hpp"
#include "port_map.hpp"

namespace ibct {
namespace {

using namespace superscalar;

constexpr uint32_t kMaxSize = 512;
constexpr int kMaxRejects = 256;
constexpr uint8_t kRegisters = 8;
constexpr uint8_t kNoLeaTarget =
    5;  // r5 is r13 in x86 code, which lea cannot do without a displacement

struct RegisterState {
  int readyAt = 0;
  int lastGroup = -1;
  int32_t lastParameter = -1;
};

struct Candidates {
  std::array<uint8_t, kRegisters> registers{};
  uint32_t count = 0;

  void add(uint8_t index) { registers[count++] = index; }
};

class Generator {
 public:
  explicit Generator(BlakeGenerator& source) : source_(source) {}

  SuperscalarProgram run() {
    for (int fetch = 0; fetch < kTargetLatency && hasRoom(); ++fetch) {
      fill(chooseGroup(fetch));
      ++now_;
    }
    return program_;
  }

 private:
  bool hasRoom() const { return !portsFull_ && program_.size < kMaxSize; }
  bool complete() const { return kind_ == nullptr || opNumber_ >= kind_->opCount; }
  bool currentIs(SuperscalarOp op) const { return kind_ != nullptr && kind_->op == op; }

  const FetchGroup& chooseGroup(int fetch) {
    if (currentIs(SuperscalarOp::imulhR) || currentIs(SuperscalarOp::ismulhR)) return k3310;
    if (multiplications_ < fetch + 1) return k4444;
    if (currentIs(SuperscalarOp::imulRcp)) return (source_.byte() & 1) ? k484 : k493;
    static constexpr const FetchGroup* kChoices[] = {&k484, &k7333, &k3733, &k493};
    return *kChoices[source_.byte() & 3];
  }

  // Slots are filled with macro-ops; an instruction may reach from one group into the next.
  void fill(const FetchGroup& group) {
    for (size_t slot = 0; slot < group.slots;) {
      const int slotStart = now_;
      if (complete()) {
        if (!hasRoom()) return;
        start(group, slot);
      }
      const MacroOp& op = kind_->ops[static_cast<size_t>(opNumber_)];
      int cycle = ports_.find(op, now_, chainReadyAt_);
      if (cycle == kNoCycle) {
        portsFull_ = true;
        return;
      }
      if (!chooseOperands(cycle)) {
        if (rejects_ >= kMaxRejects) {
          kind_ = nullptr;
          return;
        }
        ++rejects_;
        opNumber_ = kind_->opCount;  // another instruction for the same slot
        continue;
      }
      rejects_ = 0;
      cycle = ports_.place(op, cycle, cycle);
      if (cycle == kNoCycle) {
        portsFull_ = true;
        return;
      }
      chainReadyAt_ = cycle + op.latency;
      if (opNumber_ == kind_->resultAt)
        registers_[current_.dst] = {chainReadyAt_, static_cast<int>(kind_->group), parameter_};
      ++slot;
      ++opNumber_;
      if (cycle >= kTargetLatency) portsFull_ = true;
      now_ = slotStart;
      if (complete()) emit();
    }
  }

  // The draws that make a new instruction for a slot: its kind, then the fields of that kind.
  void start(const FetchGroup& group, size_t slot) {
    kind_ = &kindOf(chooseKind(group, slot));
    opNumber_ = 0;
    current_ = {kind_->op, 0, 0, 0, 0};
    chosenSource_ = kNever;
    parameter_ = -1;
    switch (kind_->op) {
      case SuperscalarOp::iaddRs:
        current_.mod = source_.byte();
        break;
      case SuperscalarOp::irorC:
        do current_.imm = source_.byte() & 63;
        while (current_.imm == 0);
        break;
      case SuperscalarOp::iaddC7:
      case SuperscalarOp::ixorC7:
      case SuperscalarOp::iaddC8:
      case SuperscalarOp::ixorC8:
      case SuperscalarOp::iaddC9:
      case SuperscalarOp::ixorC9:
        current_.imm = source_.word();
        break;
      case SuperscalarOp::imulhR:
      case SuperscalarOp::ismulhR:
        parameter_ = static_cast<int32_t>(source_.word());
        break;
      case SuperscalarOp::imulRcp:
        do current_.imm = source_.word();
        while (isZeroOrPowerOfTwo(current_.imm));
        break;
      default:
        break;
    }
  }

  SuperscalarOp chooseKind(const FetchGroup& group, size_t slot) {
    const bool last = slot + 1 == group.slots;
    switch (group.sizes[slot]) {
      case 3: {
        static constexpr SuperscalarOp kChoices[] = {SuperscalarOp::isubR, SuperscalarOp::ixorR,
                                                     SuperscalarOp::imulhR, SuperscalarOp::ismulhR};
        return kChoices[source_.byte() & (last ? 3 : 1)];
      }
      case 4:
        if (&group == &k4444 && !last) return SuperscalarOp::imulR;
        return (source_.byte() & 1) ? SuperscalarOp::iaddRs : SuperscalarOp::irorC;
      case 7:
        return (source_.byte() & 1) ? SuperscalarOp::iaddC7 : SuperscalarOp::ixorC7;
      case 8:
        return (source_.byte() & 1) ? SuperscalarOp::iaddC8 : SuperscalarOp::ixorC8;
      case 9:
        return (source_.byte() & 1) ? SuperscalarOp::iaddC9 : SuperscalarOp::ixorC9;
      default:
        return SuperscalarOp::imulRcp;
    }
  }

  // Chooses what this macro-op needs. A failed search waits a cycle, four times at most; `now_`
  // waits with it.
  bool chooseOperands(int& cycle) {
    if (opNumber_ == kind_->sourceAt && !search(cycle, &Generator::chooseSource)) return false;
    return opNumber_ != kind_->destinationAt || search(cycle, &Generator::chooseDestination);
  }

  bool search(int& cycle, bool (Generator::*choose)(int)) {
    for (int tries = 0; tries < kLookForward; ++tries) {
      if ((this->*choose)(cycle)) return true;
      ++cycle;
      ++now_;
    }
    return false;
  }

  bool chooseSource(int cycle) {
    Candidates candidates;
    for (uint8_t i = 0; i < kRegisters; ++i)
      if (registers_[i].readyAt <= cycle) candidates.add(i);
    const bool isLea = kind_->op == SuperscalarOp::iaddRs;
    if (isLea && candidates.count == 2 &&
        (candidates.registers[0] == kNoLeaTarget || candidates.registers[1] == kNoLeaTarget)) {
      current_.src =
          kNoLeaTarget;  // it cannot be the destination, so the other one stays free for that
    } else if (!pick(candidates, current_.src)) {
      return false;
    }
    chosenSource_ = current_.src;
    if (kind_->parameter == Parameter::sourceRegister) parameter_ = current_.src;
    return true;
  }

  bool chooseDestination(int cycle) {
    Candidates candidates;
    for (uint8_t i = 0; i < kRegisters; ++i)
      if (canBeDestination(i, cycle)) candidates.add(i);
    return pick(candidates, current_.dst);
  }

  bool canBeDestination(uint8_t index, int cycle) const {
    const RegisterState& state = registers_[index];
    const int group = static_cast<int>(kind_->group);
    const bool mayEqualSource = kind_->parameter == Parameter::random;
    const bool allowChained = rejects_ > 0;
    if (state.readyAt > cycle) return false;
    if (index == chosenSource_ && !mayEqualSource) return false;
    if (!allowChained && kind_->group == SuperscalarOp::imulR && state.lastGroup == group)
      return false;
    if (state.lastGroup == group && state.lastParameter == parameter_) return false;
    return !(kind_->op == SuperscalarOp::iaddRs && index == kNoLeaTarget);
  }

  // A single candidate costs no draw.
  bool pick(const Candidates& candidates, uint8_t& chosen) {
    if (candidates.count == 0) return false;
    const uint32_t index = candidates.count == 1 ? 0 : source_.word() % candidates.count;
    chosen = candidates.registers[index];
    return true;
  }

  void emit() {
    if (kind_->sourceAt == kNever) current_.src = current_.dst;
    if (kind_->multiplies) ++multiplications_;
    if (kind_->op == SuperscalarOp::imulRcp)
      program_.reciprocals.push_back(reciprocal(current_.imm));
    program_.code[program_.size++] = current_;
  }

  BlakeGenerator& source_;
  SuperscalarProgram program_{};
  PortMap ports_;
  std::array<RegisterState, kRegisters> registers_{};
  int now_ = 0;
  int chainReadyAt_ = 0;
  int multiplications_ = 0;
  int rejects_ = 0;
  bool portsFull_ = false;

  // The instruction in progress; nullptr: none.
  const Kind* kind_ = nullptr;
  int opNumber_ = 0;
  SuperscalarInstruction current_{};
  int chosenSource_ = kNever;
  int32_t parameter_ = -1;
};

// The register at the end of the longest chain, counting every instruction as one cycle; the lowest
// on a tie.
uint8_t longestChain(const SuperscalarProgram& program) {
  std::array<int, kRegisters> depth{};
  for (uint32_t i = 0; i < program.size; ++i) {
    const SuperscalarInstruction& instruction = program.code[i];
    depth[instruction.dst] = std::max(depth[instruction.dst], depth[instruction.src]) + 1;
  }
  return static_cast<uint8_t>(std::max_element(depth.begin(), depth.end()) - depth.begin());
}

}  // namespace

SuperscalarProgram generateSuperscalar(BlakeGenerator& source) {
  SuperscalarProgram program = Generator(source).run();
  program.addressRegister = longestChain(program);
  return program;
}

}  // namespace ibct
