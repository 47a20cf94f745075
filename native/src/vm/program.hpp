// One RandomX program, decoded: the configuration and the instructions that the interpreter runs
// and the JIT compiles (RandomX specification 4.5 and 5).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ibct {

enum class Version : uint8_t { v1, v2 };  // rx/0, rx/2

constexpr size_t kScratchpadBytes = 2097152;
constexpr size_t kMaxInstructions = 384;
constexpr unsigned kMaxLanes = 4;  // machines run side by side by one thread
constexpr unsigned kProgramsPerHash = 8;
constexpr unsigned kIterations = 2048;

constexpr size_t instructionCount(Version version) { return version == Version::v1 ? 256 : 384; }
// 16 configuration words, then 8 bytes an instruction.
constexpr size_t programBytes(Version version) { return 128 + 8 * instructionCount(version); }

// Masks of byte addresses in the scratchpad (8-byte words) and of lines (64 bytes).
constexpr uint32_t kL1Mask = 0x3FF8;
constexpr uint32_t kL2Mask = 0x3FFF8;
constexpr uint32_t kL3Mask = 0x1FFFF8;
constexpr uint32_t kL3LineMask = 0x1FFFC0;
constexpr uint32_t kDatasetLineMask = 0x7FFFFFC0;

// FSCAL_R flips the sign and the four lowest exponent bits; E operands keep these bits of theirs.
constexpr uint64_t kScaleMask = 0x80F0000000000000;
constexpr uint64_t kEKeepMask = 0x00FFFFFFFFFFFFFF;
constexpr uint32_t kConditionMask = 0xFF;

enum class Op : uint8_t {
  nop,
  iaddRs,
  iaddM,
  isubR,
  isubM,
  imulR,
  imulM,
  imulhR,
  imulhM,
  ismulhR,
  ismulhM,
  imulRcp,
  inegR,
  ixorR,
  ixorM,
  irorR,
  irolR,
  iswapR,
  fswapR,
  faddR,
  faddM,
  fsubR,
  fsubM,
  fscalR,
  fmulR,
  fdivM,
  fsqrtR,
  cbranch,
  cfround,
  istore,
};

// An instruction with everything static resolved. Register numbers are reduced to the group the
// operation uses (r: 0…7, f, e, a: 0…3; FSWAP_R: 0…3 f, 4…7 e). Without effect: nop.
struct Instruction {
  Op op = Op::nop;
  uint8_t dst = 0;
  uint8_t src = 0;
  // IADD_RS, ISUB_R, IMUL_R, IXOR_R, IROR_R, IROL_R: the immediate is (IADD_RS: also) an operand;
  // memory operands: the address is the immediate alone.
  bool usesImmediate = false;
  uint8_t shift = 0;    // IADD_RS: of src; CBRANCH: of the 8 condition bits
  uint16_t target = 0;  // CBRANCH: index of the instruction to jump to
  int32_t imm = 0;    // sign-extend to use; CBRANCH: what is added; IMUL_RCP: the divisor, unsigned
  uint32_t mask = 0;  // memory operands: address mask
};
static_assert(sizeof(Instruction) == 16);

struct Configuration {
  std::array<uint64_t, 8> a;      // bits of a0…a3, low halves first
  std::array<uint64_t, 2> eMask;  // ORed into the halves of E operands
  uint32_t ma;
  uint32_t mx;
  std::array<uint8_t, 4> readRegister;
  uint32_t datasetOffset;  // bytes
};

struct Program {
  Version version;
  Configuration configuration;
  size_t size;
  std::array<Instruction, kMaxInstructions> code;
};

// bytes: programBytes(version) of them.
void decode(const uint8_t* bytes, Version version, Program& program);

// What Hash512 turns into the next program's seed, in its serialised order. Floating-point values
// are bit patterns, low half first.
struct alignas(64) RegisterFile {
  std::array<uint64_t, 8> r;
  std::array<uint64_t, 8> f;
  std::array<uint64_t, 8> e;
  std::array<uint64_t, 8> a;
};
static_assert(sizeof(RegisterFile) == 256);

}  // namespace ibct
