#include <algorithm>
#include <iterator>

#include "../primitives/bytes.hpp"
#include "../primitives/reciprocal.hpp"
#include "program.hpp"

namespace ibct {
namespace {

enum class Memory : uint8_t { none, read, write };

constexpr uint8_t kNoRegister = 8;

// Instructions come in random order: a branch on what they are is foretold wrong half of the time.
// Where it can be done they are told apart by tables.
struct Form {
  Op op;
  unsigned count;  // of 256 opcodes
  uint8_t dstBits = 7;
  uint8_t srcBits = 7;
  uint8_t shiftBits = 0;
  bool changesDst = false;
  bool immediateForSame = false;       // when both registers are the same
  uint8_t immediateFor = kNoRegister;  // for this one
  Memory memory = Memory::none;
  bool hasMore = false;  // decodeRest()
};

constexpr Form integer(Op op, unsigned count) { return {op, count, 7, 7, 0, true}; }
constexpr Form withImmediate(Op op, unsigned count) { return {op, count, 7, 7, 0, true, true}; }
constexpr Form integerMemory(Op op, unsigned count) {
  return {op, count, 7, 7, 0, true, true, kNoRegister, Memory::read};
}
constexpr Form floating(Op op, unsigned count) { return {op, count, 3, 3}; }
constexpr Form floatingMemory(Op op, unsigned count) {
  return {op, count, 3, 7, 0, false, false, kNoRegister, Memory::read};
}
constexpr Form special(Op op, unsigned count) {
  return {op, count, 7, 7, 0, false, false, kNoRegister, Memory::none, true};
}

// In opcode order, which the specification's frequency tables do not give.
constexpr Form kForms[] = {
    {Op::iaddRs, 16, 7, 7, 3, true, false, 5},
    integerMemory(Op::iaddM, 7),
    withImmediate(Op::isubR, 16),
    integerMemory(Op::isubM, 7),
    withImmediate(Op::imulR, 16),
    integerMemory(Op::imulM, 4),
    integer(Op::imulhR, 4),
    integerMemory(Op::imulhM, 1),
    integer(Op::ismulhR, 4),
    integerMemory(Op::ismulhM, 1),
    special(Op::imulRcp, 8),
    integer(Op::inegR, 2),
    withImmediate(Op::ixorR, 15),
    integerMemory(Op::ixorM, 5),
    withImmediate(Op::irorR, 8),
    withImmediate(Op::irolR, 2),
    special(Op::iswapR, 4),
    {Op::fswapR, 4},
    floating(Op::faddR, 16),
    floatingMemory(Op::faddM, 5),
    floating(Op::fsubR, 16),
    floatingMemory(Op::fsubM, 5),
    floating(Op::fscalR, 6),
    floating(Op::fmulR, 32),
    floatingMemory(Op::fdivM, 4),
    floating(Op::fsqrtR, 6),
    special(Op::cbranch, 25),
    {Op::cfround, 1},
    {Op::istore, 16, 7, 7, 0, false, false, kNoRegister, Memory::write},
};

constexpr std::array<uint8_t, 256> formTable() {
  std::array<uint8_t, 256> table{};
  size_t opcode = 0;
  for (size_t form = 0; form < std::size(kForms); ++form)
    for (unsigned i = 0; i < kForms[form].count; ++i) table[opcode++] = static_cast<uint8_t>(form);
  return table;
}
constexpr std::array<uint8_t, 256> kFormOf = formTable();
static_assert(kForms[kFormOf[238]].op == Op::cbranch && kForms[kFormOf[239]].op == Op::cfround &&
              kForms[kFormOf[255]].op == Op::istore);

// By Memory; whether the address is the immediate alone; what addressWidth() makes of mod.
constexpr uint32_t kMasks[3][2][4] = {
    {},
    {{kL2Mask, kL1Mask, kL2Mask, kL1Mask}, {kL3Mask, kL3Mask, kL3Mask, kL3Mask}},
    {{kL2Mask, kL1Mask, kL3Mask, kL3Mask}, {}},
};
unsigned addressWidth(unsigned mod) {
  return unsigned{mod >> 4 >= 14} << 1 | unsigned{(mod & 3) != 0};
}

// Which instruction last changed each integer register, in program order: where CBRANCH jumps to.
class LastChanges {
 public:
  void change(unsigned reg, size_t index) { next_[reg] = static_cast<uint16_t>(index + 1); }
  void changeAll(size_t index) { next_.fill(static_cast<uint16_t>(index + 1)); }
  uint16_t after(unsigned reg) const { return next_[reg]; }

 private:
  std::array<uint16_t, 9> next_{};
};

// What the tables do not tell.
void decodeRest(Instruction& in, unsigned mod, size_t index, LastChanges& changes) {
  if (in.op == Op::imulRcp) {
    if (isZeroOrPowerOfTwo(static_cast<uint32_t>(in.imm)))
      in.op = Op::nop;
    else
      changes.change(in.dst, index);
  } else if (in.op == Op::iswapR) {
    if (in.src == in.dst) {
      in.op = Op::nop;
    } else {
      changes.change(in.dst, index);
      changes.change(in.src, index);
    }
  } else if (in.op == Op::cbranch) {
    in.shift = static_cast<uint8_t>((mod >> 4) + 8);
    in.target = changes.after(in.dst);
    uint32_t added = static_cast<uint32_t>(in.imm) | uint32_t{1} << in.shift;
    added &= ~(uint32_t{1} << (in.shift - 1));
    in.imm = static_cast<int32_t>(added);
    changes.changeAll(index);
  }
}

void decodeInstruction(const uint8_t* bytes, size_t index, LastChanges& changes, Instruction& in) {
  const Form& form = kForms[kFormOf[bytes[0]]];
  const unsigned mod = bytes[3];
  in.op = form.op;
  in.dst = bytes[1] & form.dstBits;
  in.src = bytes[2] & form.srcBits;
  in.imm = static_cast<int32_t>(load32(bytes + 4));
  in.shift = static_cast<uint8_t>(mod >> 2 & form.shiftBits);
  const unsigned isSame = in.src == in.dst;
  const unsigned isFor = in.dst == form.immediateFor;
  const unsigned usesImmediate = (form.immediateForSame & isSame) | isFor;
  in.usesImmediate = usesImmediate != 0;
  in.mask = kMasks[static_cast<size_t>(form.memory)][usesImmediate][addressWidth(mod)];
  changes.change(form.changesDst ? in.dst : kNoRegister, index);
  in.target = 0;
  if (form.hasMore) decodeRest(in, mod, index, changes);
}

// A double in [1, 2^32) from 5 exponent bits and the fraction.
uint64_t smallPositive(uint64_t q) { return ((q >> 59) + 1023) << 52 | (q & 0xFFFFFFFFFFFFF); }

uint64_t exponentMask(uint64_t q) { return (q & 0x3FFFFF) | (0x300 | (q >> 60) << 4) << 52; }

Configuration configure(const uint8_t* bytes) {
  const auto word = [bytes](size_t i) { return load64(bytes + 8 * i); };
  Configuration c;
  for (size_t i = 0; i < 8; ++i) c.a[i] = smallPositive(word(i));
  c.ma = static_cast<uint32_t>(word(8));
  c.mx = static_cast<uint32_t>(word(10));
  for (size_t i = 0; i < 4; ++i)
    c.readRegister[i] = static_cast<uint8_t>(2 * i + ((word(12) >> i) & 1));
  c.datasetOffset = static_cast<uint32_t>(word(13) & 0x7FFFF) * 64;
  c.eMask = {exponentMask(word(14)), exponentMask(word(15))};
  return c;
}

}  // namespace

void decode(const uint8_t* bytes, Version version, Program& program) {
  program.version = version;
  program.configuration = configure(bytes);
  program.size = instructionCount(version);
  LastChanges changes;
  for (size_t i = 0; i < program.size; ++i)
    decodeInstruction(bytes + 128 + 8 * i, i, changes, program.code[i]);
}

}  // namespace ibct
