#include <algorithm>

#include "../primitives/bytes.hpp"
#include "../primitives/reciprocal.hpp"
#include "program.hpp"

namespace ibct {
namespace {

struct OpcodeRange {
  Op op;
  unsigned count;  // of 256 opcodes
};

// In opcode order, which the specification's frequency tables do not give.
constexpr OpcodeRange kOpcodes[] = {
    {Op::iaddRs, 16}, {Op::iaddM, 7},    {Op::isubR, 16},  {Op::isubM, 7},   {Op::imulR, 16},
    {Op::imulM, 4},   {Op::imulhR, 4},   {Op::imulhM, 1},  {Op::ismulhR, 4}, {Op::ismulhM, 1},
    {Op::imulRcp, 8}, {Op::inegR, 2},    {Op::ixorR, 15},  {Op::ixorM, 5},   {Op::irorR, 8},
    {Op::irolR, 2},   {Op::iswapR, 4},   {Op::fswapR, 4},  {Op::faddR, 16},  {Op::faddM, 5},
    {Op::fsubR, 16},  {Op::fsubM, 5},    {Op::fscalR, 6},  {Op::fmulR, 32},  {Op::fdivM, 4},
    {Op::fsqrtR, 6},  {Op::cbranch, 25}, {Op::cfround, 1}, {Op::istore, 16},
};

constexpr std::array<Op, 256> opcodeTable() {
  std::array<Op, 256> table{};
  size_t opcode = 0;
  for (const OpcodeRange& range : kOpcodes)
    for (unsigned i = 0; i < range.count; ++i) table[opcode++] = range.op;
  return table;
}
constexpr std::array<Op, 256> kOpcodeTable = opcodeTable();
static_assert(kOpcodeTable[238] == Op::cbranch && kOpcodeTable[239] == Op::cfround &&
              kOpcodeTable[255] == Op::istore);

// Which instruction last changed each integer register, in program order: where CBRANCH jumps to.
class LastChanges {
 public:
  void change(unsigned reg, size_t index) { next_[reg] = static_cast<uint16_t>(index + 1); }
  void changeAll(size_t index) { next_.fill(static_cast<uint16_t>(index + 1)); }
  uint16_t after(unsigned reg) const { return next_[reg]; }

 private:
  std::array<uint16_t, 8> next_{};
};

uint32_t nearMask(unsigned mod) { return (mod & 3) != 0 ? kL1Mask : kL2Mask; }

Instruction decodeInstruction(const uint8_t* bytes, size_t index, LastChanges& changes) {
  Instruction in;
  in.op = kOpcodeTable[bytes[0]];
  in.dst = bytes[1] & 7;
  in.src = bytes[2] & 7;
  in.imm = static_cast<int32_t>(load32(bytes + 4));
  const unsigned mod = bytes[3];
  switch (in.op) {
    case Op::iaddRs:
      in.shift = (mod >> 2) & 3;
      in.usesImmediate = in.dst == 5;
      changes.change(in.dst, index);
      break;
    case Op::iaddM:
    case Op::isubM:
    case Op::imulM:
    case Op::imulhM:
    case Op::ismulhM:
    case Op::ixorM:
      in.usesImmediate = in.src == in.dst;
      in.mask = in.usesImmediate ? kL3Mask : nearMask(mod);
      changes.change(in.dst, index);
      break;
    case Op::isubR:
    case Op::imulR:
    case Op::ixorR:
    case Op::irorR:
    case Op::irolR:
      in.usesImmediate = in.src == in.dst;
      changes.change(in.dst, index);
      break;
    case Op::imulhR:
    case Op::ismulhR:
    case Op::inegR:
      changes.change(in.dst, index);
      break;
    case Op::imulRcp:
      if (isZeroOrPowerOfTwo(static_cast<uint32_t>(in.imm)))
        in.op = Op::nop;
      else
        changes.change(in.dst, index);
      break;
    case Op::iswapR:
      if (in.src == in.dst) {
        in.op = Op::nop;
      } else {
        changes.change(in.dst, index);
        changes.change(in.src, index);
      }
      break;
    case Op::faddM:
    case Op::fsubM:
    case Op::fdivM:
      in.dst &= 3;
      in.mask = nearMask(mod);
      break;
    case Op::faddR:
    case Op::fsubR:
    case Op::fscalR:
    case Op::fmulR:
    case Op::fsqrtR:
      in.dst &= 3;
      in.src &= 3;
      break;
    case Op::cbranch: {
      in.shift = static_cast<uint8_t>((mod >> 4) + 8);
      in.target = changes.after(in.dst);
      uint32_t added = static_cast<uint32_t>(in.imm) | uint32_t{1} << in.shift;
      added &= ~(uint32_t{1} << (in.shift - 1));
      in.imm = static_cast<int32_t>(added);
      changes.changeAll(index);
      break;
    }
    case Op::istore:
      in.mask = (mod >> 4) >= 14 ? kL3Mask : nearMask(mod);
      break;
    case Op::cfround:
    case Op::fswapR:
    case Op::nop:
      break;
  }
  return in;
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
    program.code[i] = decodeInstruction(bytes + 128 + 8 * i, i, changes);
}

}  // namespace ibct
