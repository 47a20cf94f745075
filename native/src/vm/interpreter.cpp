#include "interpreter.hpp"

#include <cmath>
#include <cstring>
#include <utility>

#include "../primitives/aes_round.hpp"
#include "../primitives/bytes.hpp"
#include "../primitives/reciprocal.hpp"
#include "program_runner.hpp"

namespace ibct {
namespace {

__extension__ using Unsigned128 = unsigned __int128;
__extension__ using Signed128 = __int128;

uint64_t signExtend(int32_t value) { return static_cast<uint64_t>(int64_t{value}); }
uint64_t rotateLeft(uint64_t value, unsigned count) {
  return rotateRight(value, (64 - count) & 63);
}

uint64_t highProduct(uint64_t a, uint64_t b) {
  return static_cast<uint64_t>((Unsigned128{a} * b) >> 64);
}
uint64_t signedHighProduct(uint64_t a, uint64_t b) {
  const Signed128 product = Signed128{static_cast<int64_t>(a)} * static_cast<int64_t>(b);
  return static_cast<uint64_t>(product >> 64);
}

double toDouble(uint64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
uint64_t toBits(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// The int32 in half `half` of eight bytes, as a double (exact in every rounding mode).
double integerOperand(const uint8_t* from, size_t half) {
  return static_cast<double>(static_cast<int32_t>(load32(from + 4 * half)));
}
uint64_t eOperand(const uint8_t* from, size_t half, const Configuration& configuration) {
  return (toBits(integerOperand(from, half)) & kEKeepMask) | configuration.eMask[half];
}

// Applies `operation(value, half)` to both halves of a floating-point register.
template <typename Operation>
void eachHalf(uint64_t* reg, Operation operation) {
  for (size_t half = 0; half < 2; ++half) reg[half] = toBits(operation(toDouble(reg[half]), half));
}

// One instruction's view of the machine.
class Step {
 public:
  Step(const Program& program, const Instruction& in, VmState& vm)
      : program_(program), in_(in), vm_(vm), r_(vm.registers.r.data()) {}

  // True when a CBRANCH jumps.
  bool run() {
    uint64_t& dst = r_[in_.dst];
    const uint64_t src = r_[in_.src];
    const uint64_t imm = signExtend(in_.imm);
    const uint64_t operand = in_.usesImmediate ? imm : src;
    switch (in_.op) {
      case Op::nop:
        break;
      case Op::iaddRs:
        dst += (src << in_.shift) + (in_.usesImmediate ? imm : 0);
        break;
      case Op::iaddM:
        dst += load();
        break;
      case Op::isubR:
        dst -= operand;
        break;
      case Op::isubM:
        dst -= load();
        break;
      case Op::imulR:
        dst *= operand;
        break;
      case Op::imulM:
        dst *= load();
        break;
      case Op::imulhR:
        dst = highProduct(dst, src);
        break;
      case Op::imulhM:
        dst = highProduct(dst, load());
        break;
      case Op::ismulhR:
        dst = signedHighProduct(dst, src);
        break;
      case Op::ismulhM:
        dst = signedHighProduct(dst, load());
        break;
      case Op::imulRcp:
        dst *= reciprocal(static_cast<uint32_t>(in_.imm));
        break;
      case Op::inegR:
        dst = 0 - dst;
        break;
      case Op::ixorR:
        dst ^= operand;
        break;
      case Op::ixorM:
        dst ^= load();
        break;
      case Op::irorR:
        dst = rotateRight(dst, operand & 63);
        break;
      case Op::irolR:
        dst = rotateLeft(dst, operand & 63);
        break;
      case Op::iswapR:
        std::swap(dst, r_[in_.src]);
        break;
      case Op::fswapR:
        swapHalves();
        break;
      case Op::faddR:
        eachHalf(f(), [this](double x, size_t h) { return x + a(h); });
        break;
      case Op::faddM:
        eachHalf(f(), [this](double x, size_t h) { return x + integer(h); });
        break;
      case Op::fsubR:
        eachHalf(f(), [this](double x, size_t h) { return x - a(h); });
        break;
      case Op::fsubM:
        eachHalf(f(), [this](double x, size_t h) { return x - integer(h); });
        break;
      case Op::fscalR:
        for (size_t half = 0; half < 2; ++half) f()[half] ^= kScaleMask;
        break;
      case Op::fmulR:
        eachHalf(e(), [this](double x, size_t h) { return x * a(h); });
        break;
      case Op::fdivM:
        eachHalf(e(), [this](double x, size_t h) { return x / divisor(h); });
        break;
      case Op::fsqrtR:
        eachHalf(e(), [](double x, size_t) { return std::sqrt(x); });
        break;
      case Op::cbranch:
        dst += imm;
        return (dst & (uint64_t{kConditionMask} << in_.shift)) == 0;
      case Op::cfround:
        changeRounding(rotateRight(src, in_.imm & 63));
        break;
      case Op::istore:
        store64(vm_.scratchpad + ((dst + imm) & in_.mask), src);
        break;
    }
    return false;
  }

 private:
  uint64_t* f() { return &vm_.registers.f[size_t{in_.dst} * 2]; }
  uint64_t* e() { return &vm_.registers.e[size_t{in_.dst} * 2]; }
  double a(size_t half) const { return toDouble(vm_.registers.a[size_t{in_.src} * 2 + half]); }

  const uint8_t* operandAddress() const {
    const uint64_t base = in_.usesImmediate ? 0 : r_[in_.src];
    return vm_.scratchpad + ((base + signExtend(in_.imm)) & in_.mask);
  }
  uint64_t load() const { return load64(operandAddress()); }
  double integer(size_t half) const { return integerOperand(operandAddress(), half); }
  double divisor(size_t half) const {
    return toDouble(eOperand(operandAddress(), half, program_.configuration));
  }

  void swapHalves() {
    uint64_t* reg = in_.dst < 4 ? &vm_.registers.f[size_t{in_.dst} * 2]
                                : &vm_.registers.e[(size_t{in_.dst} - 4) * 2];
    std::swap(reg[0], reg[1]);
  }

  void changeRounding(uint64_t value) {
    if (program_.version == Version::v2 && (value & 0x3C) != 0) return;
    vm_.rounding = static_cast<RoundingMode>(value & 3);
    setRounding(vm_.rounding);
  }

  const Program& program_;
  const Instruction& in_;
  VmState& vm_;
  uint64_t* r_;
};

void runInstructions(const Program& program, VmState& vm) {
  for (size_t i = 0; i < program.size;) i = interpretInstruction(program, i, vm);
}

// Version 2 mixes f and e with four AES rounds a register, version 1 with an XOR.
void mixFAndE(Version version, RegisterFile& registers) {
  if (version == Version::v1) {
    for (size_t i = 0; i < 8; ++i) registers.f[i] ^= registers.e[i];
    return;
  }
  uint8_t f[64];
  uint8_t e[64];
  std::memcpy(f, registers.f.data(), 64);
  std::memcpy(e, registers.e.data(), 64);
  softAesMix(f, e);
  std::memcpy(registers.f.data(), f, 64);
}

}  // namespace

size_t interpretInstruction(const Program& program, size_t index, VmState& vm) {
  const Instruction& in = program.code[index];
  return Step(program, in, vm).run() ? in.target : index + 1;
}

void interpret(const Program& program, VmState& vm, const DatasetSource& source,
               unsigned iterations) {
  const Configuration& c = program.configuration;
  RegisterFile& registers = vm.registers;
  registers.r.fill(0);
  registers.a = c.a;
  vm.ma = c.ma;
  vm.mx = c.mx;
  setRounding(vm.rounding);
  uint32_t line0 = c.mx;
  uint32_t line1 = c.ma;
  for (unsigned iteration = 0; iteration < iterations; ++iteration) {
    const uint64_t spread = registers.r[c.readRegister[0]] ^ registers.r[c.readRegister[1]];
    line0 = (line0 ^ static_cast<uint32_t>(spread)) & kL3LineMask;
    line1 = (line1 ^ static_cast<uint32_t>(spread >> 32)) & kL3LineMask;
    const uint8_t* in0 = vm.scratchpad + line0;
    const uint8_t* in1 = vm.scratchpad + line1;
    for (size_t i = 0; i < 8; ++i) {
      registers.r[i] ^= load64(in0 + 8 * i);
      registers.f[i] = toBits(integerOperand(in1 + 8 * (i / 2), i % 2));
      registers.e[i] = eOperand(in1 + 32 + 8 * (i / 2), i % 2, c);
    }

    runInstructions(program, vm);

    const uint64_t next = registers.r[c.readRegister[2]] ^ registers.r[c.readRegister[3]];
    uint8_t item[64];
    source.line(uint64_t{c.datasetOffset} + (vm.ma & kDatasetLineMask), item);
    (program.version == Version::v1 ? vm.mx : vm.ma) ^= static_cast<uint32_t>(next);
    for (size_t i = 0; i < 8; ++i) registers.r[i] ^= load64(item + 8 * i);
    std::swap(vm.mx, vm.ma);

    std::memcpy(vm.scratchpad + line1, registers.r.data(), 64);
    mixFAndE(program.version, registers);
    std::memcpy(vm.scratchpad + line0, registers.f.data(), 64);
    line0 = line1 = 0;
  }
}

namespace {

class Interpreter : public ProgramRunner {
 public:
  explicit Interpreter(unsigned lanes) : lanes_(lanes) {}

  void run(const Program* programs, VmState* vms, const DatasetSource& source) override {
    for (unsigned lane = 0; lane < lanes_; ++lane)
      interpret(programs[lane], vms[lane], source, iterations_);
  }
  const char* name() const override { return "interpreter"; }
  void setIterations(unsigned iterations) override { iterations_ = iterations; }

 private:
  unsigned lanes_;
  unsigned iterations_ = kIterations;
};

}  // namespace

std::unique_ptr<ProgramRunner> createInterpreter(unsigned lanes) {
  return std::make_unique<Interpreter>(lanes);
}

}  // namespace ibct
