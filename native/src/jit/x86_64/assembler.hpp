// A small x86-64 assembler: each function writes one instruction at the cursor. It knows encodings
// and nothing of RandomX. Operands are in Intel order (destination first). Encodings: Intel SDM
// volume 2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ibct::x86 {

enum class Reg : uint8_t {
  rax,
  rcx,
  rdx,
  rbx,
  rsp,
  rbp,
  rsi,
  rdi,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
};

// A vector register; the instruction says how wide it is used. 16…31 need EVEX (AVX-512).
struct Vec {
  uint8_t number;
};
constexpr Vec vec(unsigned number) { return Vec{static_cast<uint8_t>(number)}; }

enum class Width : uint8_t { xmm, ymm, zmm };  // 128, 256, 512 bits

// [base + index << scale + displacement], or a place in the code itself (RIP-relative).
struct Mem {
  Reg base;
  Reg index;      // rsp stands for "no index"
  uint8_t scale;  // log2
  bool inCode;    // displacement is an offset from the start of the code
  int32_t displacement;
  bool sameLength = false;  // for every base and displacement
};
constexpr Mem ptr(Reg base, int32_t displacement = 0) {
  return Mem{base, Reg::rsp, 0, false, displacement};
}
constexpr Mem ptr(Reg base, Reg index, int32_t displacement = 0, uint8_t scale = 0) {
  return Mem{base, index, scale, false, displacement};
}
constexpr Mem ptrOfSameLength(Reg base, int32_t displacement) {
  return Mem{base, Reg::rsp, 0, false, displacement, true};
}
constexpr Mem inCode(size_t offset) {
  return Mem{Reg::rax, Reg::rsp, 0, true, static_cast<int32_t>(offset)};
}

enum class Condition : uint8_t { below = 2, notBelow = 3, zero = 4, notZero = 5, notAbove = 6 };

// One SIMD operation, for the VEX and EVEX forms: mandatory prefix (0 none, 1 66, 2 F3, 3 F2),
// opcode map (1 0F, 2 0F38, 3 0F3A), opcode, and W of the EVEX form (VEX forms here do not care
// unless noted).
struct VecOp {
  uint8_t prefix;
  uint8_t map;
  uint8_t opcode;
  bool w;
};
constexpr VecOp kPaddq{1, 1, 0xD4, true}, kPsubq{1, 1, 0xFB, true}, kPmuludq{1, 1, 0xF4, true},
    kPaddd{1, 1, 0xFE, false}, kPmulld{1, 2, 0x40, false}, kPmullq{1, 2, 0x40, true},
    kPandq{1, 1, 0xDB, true}, kPorq{1, 1, 0xEB, true}, kPxorq{1, 1, 0xEF, true},
    kPsrlq{1, 1, 0xD3, true}, kPunpcklqdq{1, 1, 0x6C, true}, kPunpckhqdq{1, 1, 0x6D, true},
    kPcmpgtq{1, 2, 0x37, true}, kAddpd{1, 1, 0x58, true}, kSubpd{1, 1, 0x5C, true},
    kMulpd{1, 1, 0x59, true}, kDivpd{1, 1, 0x5E, true}, kSqrtpd{1, 1, 0x51, true},
    kXorps{0, 1, 0x57, false}, kCvtdq2pd{2, 1, 0xE6, false}, kAesenc{1, 2, 0xDC, false},
    kAesdec{1, 2, 0xDE, false};

class Assembler {
 public:
  static constexpr size_t kLongestCopy = 32;  // bytes

  // Writes to code[0 … capacity-1], never beyond; capacity is at least kLongest.
  Assembler(uint8_t* code, size_t capacity)
      : begin_(code), cursor_(code), limit_(code + capacity - kLongest) {}

  size_t offset() const { return static_cast<size_t>(cursor_ - begin_); }
  // To write on, or over what is there.
  void goTo(size_t offset) { cursor_ = begin_ + offset; }
  // True when the code did not fit; what was written is then worthless.
  bool overflowed() const { return overflowed_; }

  // --- integer: 64-bit operands, or 32-bit ones (…32, which clear the upper half)
  void mov(Reg dst, Reg src) { modRm(true, 0, 0, 0x8B, dst, src); }
  void mov(Reg dst, Mem src) { modRm(true, 0, 0, 0x8B, dst, src); }
  void mov(Mem dst, Reg src) { modRm(true, 0, 0, 0x89, src, dst); }
  void mov32(Reg dst, Reg src) { modRm(false, 0, 0, 0x8B, dst, src); }
  void mov32(Reg dst, Mem src) { modRm(false, 0, 0, 0x8B, dst, src); }
  void mov32(Mem dst, Reg src) { modRm(false, 0, 0, 0x89, src, dst); }
  void mov32(Reg dst, uint32_t value) {
    room();
    if (number(dst) >= 8) byte(0x41);
    byte(0xB8 + (number(dst) & 7));
    dword(value);
  }
  void mov(Reg dst, uint64_t value) {
    room();
    byte(0x48 | (number(dst) >= 8 ? 1 : 0));
    byte(0xB8 + (number(dst) & 7));
    qword(value);
  }
  void moveIf(Condition condition, Reg dst, Reg src) {
    modRm(true, 0, 1, 0x40 | static_cast<unsigned>(condition), dst, src);
  }
  void lea(Reg dst, Mem src) { modRm(true, 0, 0, 0x8D, dst, src); }
  void lea32(Reg dst, Mem src) { modRm(false, 0, 0, 0x8D, dst, src); }
  void xchg(Reg a, Reg b) { modRm(true, 0, 0, 0x87, b, a); }
  void movIf(Condition condition, Reg dst, Reg src) {
    modRm(true, 0, 1, 0x40 | static_cast<unsigned>(condition), dst, src);
  }
  void push(Reg r) { shortForm(0x50, r); }
  void pop(Reg r) { shortForm(0x58, r); }

  void add(Reg dst, Reg src) { modRm(true, 0, 0, 0x03, dst, src); }
  void add(Reg dst, Mem src) { modRm(true, 0, 0, 0x03, dst, src); }
  void add(Reg dst, int32_t value) { immediate(true, 0, dst, value); }
  void sub(Reg dst, Reg src) { modRm(true, 0, 0, 0x2B, dst, src); }
  void sub(Reg dst, Mem src) { modRm(true, 0, 0, 0x2B, dst, src); }
  void sub(Reg dst, int32_t value) { immediate(true, 5, dst, value); }
  void sub32(Reg dst, int32_t value) { immediate(false, 5, dst, value); }
  void sub32(Mem dst, int8_t value) { shortImmediate32(5, dst, value); }
  void xor_(Reg dst, Reg src) { modRm(true, 0, 0, 0x33, dst, src); }
  void xor_(Reg dst, Mem src) { modRm(true, 0, 0, 0x33, dst, src); }
  void xor_(Reg dst, int32_t value) { immediate(true, 6, dst, value); }
  void xor32(Reg dst, Reg src) { modRm(false, 0, 0, 0x33, dst, src); }
  void xor32(Reg dst, Mem src) { modRm(false, 0, 0, 0x33, dst, src); }
  void and_(Reg dst, Reg src) { modRm(true, 0, 0, 0x23, dst, src); }
  void and_(Reg dst, Mem src) { modRm(true, 0, 0, 0x23, dst, src); }
  void and32(Reg dst, int32_t value) { immediate(false, 4, dst, value); }
  void or32(Reg dst, int32_t value) { immediate(false, 1, dst, value); }
  void cmp(Reg a, Mem b) { modRm(true, 0, 0, 0x3B, a, b); }
  void cmp(Reg a, Reg b) { modRm(true, 0, 0, 0x3B, a, b); }
  void cmp(Reg a, int32_t value) { immediate(true, 7, a, value); }
  void cmp32(Reg a, int32_t value) { immediate(false, 7, a, value); }
  void cmp32(Reg a, Reg b) { modRm(false, 0, 0, 0x3B, a, b); }
  void cmp32(Reg a, Mem b) { modRm(false, 0, 0, 0x3B, a, b); }
  void cmp32(Mem a, int8_t value) { shortImmediate32(7, a, value); }
  void test(Reg dst, int32_t mask) {
    room();
    head(true, 0, 0, Reg::rax, dst);
    byte(0xF7);
    byte(0xC0 | (number(dst) & 7));
    dword(static_cast<uint32_t>(mask));
  }
  void test32(Reg dst, int32_t mask) {
    room();
    head(false, 0, 0, Reg::rax, dst);
    byte(0xF7);
    byte(0xC0 | (number(dst) & 7));
    dword(static_cast<uint32_t>(mask));
  }
  void neg(Reg dst) { modRm(true, 0, 0, 0xF7, Reg::rbx, dst); }

  // Products. mul and imul1 leave rdx:rax = rax × src; mulx leaves high:low = rdx × src (BMI2,
  // flags untouched).
  void imul(Reg dst, Reg src) { modRm(true, 0, 1, 0xAF, dst, src); }
  void imul(Reg dst, Mem src) { modRm(true, 0, 1, 0xAF, dst, src); }
  void imul(Reg dst, Reg src, int32_t value) {
    modRm(true, 0, 0, 0x69, dst, src);
    dword(static_cast<uint32_t>(value));
  }
  void mul(Reg src) { modRm(true, 0, 0, 0xF7, Reg::rsp, src); }
  void mul(Mem src) { modRm(true, 0, 0, 0xF7, Reg::rsp, src); }
  void imul1(Reg src) { modRm(true, 0, 0, 0xF7, Reg::rbp, src); }
  void imul1(Mem src) { modRm(true, 0, 0, 0xF7, Reg::rbp, src); }
  void mulx(Reg high, Reg low, Reg src) {
    vex(true, 0, 3, 2, 0xF6, number(high), number(low), src);
  }
  void mulx(Reg high, Reg low, Mem src) {
    vex(true, 0, 3, 2, 0xF6, number(high), number(low), src);
  }

  // Shifts and rotations by a constant, by cl, and into another register (BMI2).
  void ror(Reg dst, unsigned count) { shift(true, 1, dst, count); }
  void rol(Reg dst, unsigned count) { shift(true, 0, dst, count); }
  void shr(Reg dst, unsigned count) { shift(true, 5, dst, count); }
  void shl(Reg dst, unsigned count) { shift(true, 4, dst, count); }
  void rorCl(Reg dst) { modRm(true, 0, 0, 0xD3, Reg::rcx, dst); }
  void rolCl(Reg dst) { modRm(true, 0, 0, 0xD3, Reg::rax, dst); }
  void rorx(Reg dst, Reg src, unsigned count) {
    vex(true, 0, 3, 3, 0xF0, number(dst), 0, src);
    byte(count & 63);
  }

  // --- control flow. Backward jumps take the offset of their target; forward ones return a mark
  // for land().
  void jump(Condition condition, size_t target) {
    room();
    const auto shortDistance = relative(target, 2);
    if (shortDistance >= -128) {
      byte(0x70 | static_cast<unsigned>(condition));
      byte(static_cast<unsigned>(shortDistance) & 0xFF);
    } else {
      const auto distance = relative(target, 6);
      byte(0x0F);
      byte(0x80 | static_cast<unsigned>(condition));
      dword(static_cast<uint32_t>(distance));
    }
  }
  void jump(size_t target) {
    room();
    const auto distance = relative(target, 5);
    byte(0xE9);
    dword(static_cast<uint32_t>(distance));
  }
  size_t jumpForward(Condition condition) {
    room();
    byte(0x0F);
    byte(0x80 | static_cast<unsigned>(condition));
    dword(0);
    return offset();
  }
  size_t jumpForward() {
    room();
    byte(0xE9);
    dword(0);
    return offset();
  }
  void land(size_t mark) {
    const auto distance = static_cast<uint32_t>(offset() - mark);
    if (!overflowed_) std::memcpy(begin_ + mark - 4, &distance, 4);
  }
  void call(size_t target) {
    room();
    const auto distance = relative(target, 5);
    byte(0xE8);
    dword(static_cast<uint32_t>(distance));
  }
  void call(Reg target) { modRm(false, 0, 0, 0xFF, Reg::rdx, target); }
  void call(Mem target) { modRm(false, 0, 0, 0xFF, Reg::rdx, target); }
  void ret() {
    room();
    byte(0xC3);
  }
  void jump(Reg target) { modRm(false, 0, 0, 0xFF, Reg::rsp, target); }
  void jump(Mem target) { modRm(false, 0, 0, 0xFF, Reg::rsp, target); }
  // dst += a value that fill() sets once it is known.
  size_t addLater(Reg dst) {
    room();
    head(true, 0, 0, Reg::rax, dst);
    byte(0x81);
    byte(0xC0 | (number(dst) & 7u));
    dword(0);
    return offset();
  }
  void fill(size_t mark, size_t value) {
    const auto number = static_cast<uint32_t>(value);
    if (!overflowed_) std::memcpy(begin_ + mark - 4, &number, 4);
  }
  // Copies all of `code`, of which the first `length` bytes count. kLongest bytes may be changed.
  uint8_t* copy(const std::array<uint8_t, kLongestCopy>& code, size_t length) {
    room();
    uint8_t* to = cursor_;
    std::memcpy(to, code.data(), kLongestCopy);
    cursor_ += length;
    return to;
  }
  // Writes code again that was written before. It must not refer to anything outside of itself.
  void repeat(size_t from, size_t to) {
    if (overflowed_ || cursor_ + (to - from) > limit_) {
      overflowed_ = true;
      return;
    }
    std::memcpy(cursor_, begin_ + from, to - from);
    cursor_ += to - from;
  }
  // A constant, to be read with inCode().
  void data(uint64_t value) {
    room();
    qword(value);
  }
  // Fills up to a multiple of `alignment` (a power of two) with long no-ops.
  void align(size_t alignment) {
    while (offset() % alignment != 0 && !overflowed_) nop(alignment - offset() % alignment);
  }

  // --- memory hints and control words
  void prefetchNta(Mem at) { modRm(false, 0, 1, 0x18, Reg::rax, at); }
  void prefetchT0(Mem at) { modRm(false, 0, 1, 0x18, Reg::rcx, at); }
  void prefetchT1(Mem at) { modRm(false, 0, 1, 0x18, Reg::rdx, at); }
  void prefetchW(Mem at) { modRm(false, 0, 1, 0x0D, Reg::rcx, at); }
  void ldmxcsr(Mem src) { modRm(false, 0, 1, 0xAE, Reg::rdx, src); }
  void stmxcsr(Mem dst) { modRm(false, 0, 1, 0xAE, Reg::rbx, dst); }

  // --- SSE2 and AES-NI, xmm0…xmm15
  void movapd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x28, low(dst), low(src)); }
  void movapd(Vec dst, Mem src) { modRm(false, 0x66, 1, 0x28, low(dst), src); }
  void movapd(Mem dst, Vec src) { modRm(false, 0x66, 1, 0x29, low(src), dst); }
  void cvtdq2pd(Vec dst, Mem src) { modRm(false, 0xF3, 1, 0xE6, low(dst), src); }
  void addpd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x58, low(dst), low(src)); }
  void addpd(Vec dst, Mem src) { modRm(false, 0x66, 1, 0x58, low(dst), src); }
  void subpd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x5C, low(dst), low(src)); }
  void subpd(Vec dst, Mem src) { modRm(false, 0x66, 1, 0x5C, low(dst), src); }
  void mulpd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x59, low(dst), low(src)); }
  void mulpd(Vec dst, Mem src) { modRm(false, 0x66, 1, 0x59, low(dst), src); }
  void divpd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x5E, low(dst), low(src)); }
  void sqrtpd(Vec dst, Vec src) { modRm(false, 0x66, 1, 0x51, low(dst), low(src)); }
  void xorps(Vec dst, Vec src) { modRm(false, 0, 1, 0x57, low(dst), low(src)); }
  void xorps(Vec dst, Mem src) { modRm(false, 0, 1, 0x57, low(dst), src); }
  void andps(Vec dst, Vec src) { modRm(false, 0, 1, 0x54, low(dst), low(src)); }
  void andps(Vec dst, Mem src) { modRm(false, 0, 1, 0x54, low(dst), src); }
  void orps(Vec dst, Vec src) { modRm(false, 0, 1, 0x56, low(dst), low(src)); }
  void orps(Vec dst, Mem src) { modRm(false, 0, 1, 0x56, low(dst), src); }
  void swapHalves(Vec dst) {  // shufpd dst, dst, 1
    modRm(false, 0x66, 1, 0xC6, low(dst), low(dst));
    byte(1);
  }
  void aesenc(Vec dst, Vec key) { modRm(false, 0x66, 2, 0xDC, low(dst), low(key)); }
  void aesdec(Vec dst, Vec key) { modRm(false, 0x66, 2, 0xDE, low(dst), low(key)); }

  // --- AVX2 and AVX-512: three-operand forms. ymm and xmm use VEX while all registers are below
  // 16, EVEX otherwise.
  void vop(VecOp op, Width width, Vec dst, Vec a, Vec b) {
    if (width != Width::zmm && dst.number < 16 && a.number < 16 && b.number < 16) {
      vex(false, length(width), op.prefix, op.map, op.opcode, dst.number, a.number, low(b));
    } else {
      evex(op.w, width, op.prefix, op.map, op.opcode, dst.number, a.number, b);
    }
  }
  // The memory operand is as wide as the registers.
  void vop(VecOp op, Width width, Vec dst, Vec a, Mem b) {
    if (width != Width::zmm && dst.number < 16 && a.number < 16) {
      vex(false, length(width), op.prefix, op.map, op.opcode, dst.number, a.number, b);
    } else {
      evex(op.w, width, op.prefix, op.map, op.opcode, dst.number, a.number, b);
    }
  }
  // Always EVEX: for operations that AVX2 does not have (kPmullq).
  void evop(VecOp op, Width width, Vec dst, Vec a, Vec b) {
    evex(op.w, width, op.prefix, op.map, op.opcode, dst.number, a.number, b);
  }
  // zmm, rounding in mode 0 (nearest) whatever MXCSR says; setEmbeddedRounding() changes the mode.
  void vopRounded(VecOp op, Vec dst, Vec a, Vec b) {
    room();
    evexPrefix(op.w, Width::xmm, op.prefix, op.map, dst.number, a.number, b.number >> 4, b.number,
               0, true);
    byte(op.opcode);
    byte(0xC0 | (dst.number & 7u) << 3 | (b.number & 7u));
  }
  // `at`: where the instruction starts. Modes as in MXCSR.
  void setEmbeddedRounding(size_t at, unsigned mode) {
    if (!overflowed_) begin_[at + 3] = static_cast<uint8_t>((begin_[at + 3] & 0x9F) | mode << 5);
  }
  // Any function of three bits, given as its truth table (index: dst, a, b) (AVX-512).
  void vternary(Width width, Vec dst, Vec a, Vec b, unsigned table) {
    evex(true, width, 1, 3, 0x25, dst.number, a.number, b);
    byte(table);
  }
  // Only in the elements whose bit is set in mask register k1…k7; the others keep their value.
  void evopMasked(VecOp op, Width width, unsigned mask, Vec dst, Vec a, Vec b) {
    evex(op.w, width, op.prefix, op.map, op.opcode, dst.number, a.number, b, mask);
  }
  // The memory operand is one 64-bit value for all elements.
  void evopBroadcast(VecOp op, Width width, Vec dst, Vec a, Mem value) {
    evex(op.w, width, op.prefix, op.map, op.opcode, dst.number, a.number, value, 8, true);
  }
  // The halves of every 64-bit element change places (AVX2).
  void vswapHalves(Width width, Vec dst, Vec src) {
    vex(false, length(width), 1, 1, 0x70, dst.number, 0, low(src));
    byte(0xB1);
  }
  // The two doubles of an xmm register change places.
  void vswapDoubles(Vec dst, Vec src) {
    vex(false, 0, 1, 1, 0xC6, dst.number, src.number, low(src));
    byte(1);
  }
  // a with its upper 128 bits from memory, and back (AVX2, ymm). Not for inCode operands.
  void vinsertUpper(Vec dst, Vec a, Mem src) {
    vex(false, 1, 1, 3, 0x38, dst.number, a.number, src);
    byte(1);
  }
  void vextractUpper(Mem dst, Vec src) {
    vex(false, 1, 1, 3, 0x39, src.number, 0, dst);
    byte(1);
  }
  // Two 128-bit pieces of a, then two of b, chosen by two bits each (zmm).
  void vshuffle128(Vec dst, Vec a, Vec b, unsigned choice) {
    evex(true, Width::zmm, 1, 3, 0x43, dst.number, a.number, b);
    byte(choice & 0xFF);
  }
  // The sign bits of the 64-bit elements as a mask register (AVX-512 DQ).
  void vsigns(Width width, unsigned mask, Vec src) { evex(true, width, 2, 2, 0x39, mask, 0, src); }
  void vload(Width width, Vec dst, Mem src) { vmove(0x6F, width, dst, src); }
  void vstore(Width width, Mem dst, Vec src) { vmove(0x7F, width, src, dst); }
  void vshiftLeft(Width width, Vec dst, Vec src, unsigned count) {
    vshift(6, width, dst, src, count);
  }
  void vshiftRight(Width width, Vec dst, Vec src, unsigned count) {
    vshift(2, width, dst, src, count);
  }
  void vrotateRight(Width width, Vec dst, Vec src, unsigned count) {  // AVX-512
    evex(true, width, 1, 1, 0x72, 0, dst.number, src);
    byte(count & 63);
  }
  // Copies a 64-bit value to all elements: from memory (AVX2), from a register (AVX-512).
  void vbroadcast(Width width, Vec dst, Mem src) {
    if (width != Width::zmm && dst.number < 16) {
      vex(false, length(width), 1, 2, 0x59, dst.number, 0, src);
    } else {
      evex(true, width, 1, 2, 0x59, dst.number, 0, src, 8);
    }
  }
  void vbroadcast(Width width, Vec dst, Reg src) {
    evex(true, width, 1, 2, 0x7C, dst.number, 0, Vec{number(src)});
  }
  void vzeroupper() {
    room();
    byte(0xC5);
    byte(0xF8);
    byte(0x77);
  }

 private:
  static constexpr size_t kLongest = 48;  // bytes that may be written before the next room()

  static constexpr uint8_t number(Reg r) { return static_cast<uint8_t>(r); }
  // Encodings treat integer and vector register numbers alike.
  static constexpr Reg low(Vec v) { return static_cast<Reg>(v.number & 15); }
  static constexpr unsigned length(Width width) { return width == Width::xmm ? 0 : 1; }

  // Called once an instruction: keeps the cursor inside the buffer for good.
  void room() {
    if (cursor_ > limit_) {
      overflowed_ = true;
      cursor_ = begin_;
    }
  }
  void byte(unsigned value) { *cursor_++ = static_cast<uint8_t>(value); }
  void dword(uint32_t value) {
    std::memcpy(cursor_, &value, 4);
    cursor_ += 4;
  }
  void qword(uint64_t value) {
    std::memcpy(cursor_, &value, 8);
    cursor_ += 8;
  }
  int64_t relative(size_t target, size_t instructionLength) const {
    return static_cast<int64_t>(target) - static_cast<int64_t>(offset() + instructionLength);
  }

  // Mandatory prefix, REX (when needed) and opcode map bytes.
  void prefixes(bool w, unsigned prefix, unsigned map, unsigned r, unsigned x, unsigned b) {
    if (prefix != 0) byte(prefix);
    const unsigned rex =
        (w ? 8u : 0u) | (r >= 8 ? 4u : 0u) | (x >= 8 ? 2u : 0u) | (b >= 8 ? 1u : 0u);
    if (rex != 0) byte(0x40 | rex);
    if (map != 0) byte(0x0F);
    if (map == 2) byte(0x38);
    if (map == 3) byte(0x3A);
  }
  void head(bool w, unsigned prefix, unsigned map, Reg reg, Reg rm) {
    prefixes(w, prefix, map, number(reg), 0, number(rm));
  }
  void modRm(bool w, unsigned prefix, unsigned map, unsigned opcode, Reg reg, Reg rm) {
    room();
    head(w, prefix, map, reg, rm);
    byte(opcode);
    byte(0xC0 | (number(reg) & 7u) << 3 | (number(rm) & 7u));
  }
  void modRm(bool w, unsigned prefix, unsigned map, unsigned opcode, Reg reg, Mem rm) {
    room();
    prefixes(w, prefix, map, number(reg), number(rm.index), rm.inCode ? 0 : number(rm.base));
    byte(opcode);
    operand(number(reg), rm, 1);
  }
  // ModRM, SIB and displacement of a memory operand; EVEX scales an 8-bit displacement by `unit`.
  // No immediate may follow an inCode operand.
  void operand(unsigned reg, Mem m, int32_t unit) {
    reg = (reg & 7u) << 3;
    if (m.inCode) {
      byte(0x05 | reg);
      dword(static_cast<uint32_t>(relative(static_cast<size_t>(m.displacement), 4)));
      return;
    }
    const unsigned base = number(m.base) & 7u;
    const bool hasIndex = m.index != Reg::rsp;
    const bool needsSib = hasIndex || base == 4 || m.sameLength;
    const bool isShort =
        m.displacement % unit == 0 && m.displacement / unit >= -128 && m.displacement / unit <= 127;
    const unsigned mode = m.sameLength                       ? 0x80u
                          : m.displacement == 0 && base != 5 ? 0u
                          : isShort                          ? 0x40u
                                                             : 0x80u;
    byte(mode | reg | (needsSib ? 4u : base));
    if (needsSib) byte(unsigned{m.scale} << 6 | (number(m.index) & 7u) << 3 | base);
    if (mode == 0x40) byte(static_cast<unsigned>(m.displacement / unit) & 0xFF);
    if (mode == 0x80) dword(static_cast<uint32_t>(m.displacement));
  }
  void immediate(bool w, unsigned operation, Reg dst, int32_t value) {
    room();
    head(w, 0, 0, Reg::rax, dst);
    const bool isShort = value >= -128 && value <= 127;
    if (!isShort && dst == Reg::rax) {
      byte(0x05 | operation << 3);
    } else {
      byte(isShort ? 0x83 : 0x81);
      byte(0xC0 | operation << 3 | (number(dst) & 7u));
    }
    if (isShort) {
      byte(static_cast<unsigned>(value) & 0xFF);
    } else {
      dword(static_cast<uint32_t>(value));
    }
  }
  void shortImmediate32(unsigned operation, Mem dst, int8_t value) {
    modRm(false, 0, 0, 0x83, static_cast<Reg>(operation), dst);
    byte(static_cast<uint8_t>(value));
  }
  void shift(bool w, unsigned operation, Reg dst, unsigned count) {
    modRm(w, 0, 0, 0xC1, static_cast<Reg>(operation), dst);
    byte(count & 63);
  }
  void shortForm(unsigned opcode, Reg r) {
    room();
    if (number(r) >= 8) byte(0x41);
    byte(opcode + (number(r) & 7u));
  }

  void vexPrefix(bool w, unsigned l, unsigned prefix, unsigned map, unsigned r, unsigned v,
                 unsigned x, unsigned b) {
    byte(0xC4);
    byte((r < 8 ? 0x80u : 0u) | (x < 8 ? 0x40u : 0u) | (b < 8 ? 0x20u : 0u) | map);
    byte((w ? 0x80u : 0u) | (~v & 15u) << 3 | l << 2 | prefix);
  }
  void vex(bool w, unsigned l, unsigned prefix, unsigned map, unsigned opcode, unsigned reg,
           unsigned v, Reg rm) {
    room();
    vexPrefix(w, l, prefix, map, reg, v, 0, number(rm));
    byte(opcode);
    byte(0xC0 | (reg & 7u) << 3 | (number(rm) & 7u));
  }
  void vex(bool w, unsigned l, unsigned prefix, unsigned map, unsigned opcode, unsigned reg,
           unsigned v, Mem rm) {
    room();
    vexPrefix(w, l, prefix, map, reg, v, number(rm.index), rm.inCode ? 0 : number(rm.base));
    byte(opcode);
    operand(reg, rm, 1);
  }
  void evexPrefix(bool w, Width width, unsigned prefix, unsigned map, unsigned r, unsigned v,
                  unsigned x, unsigned b, unsigned mask = 0, bool broadcast = false) {
    byte(0x62);
    byte(((r & 8) ? 0u : 0x80u) | ((x & 1) ? 0u : 0x40u) | ((b & 8) ? 0u : 0x20u) |
         ((r & 16) ? 0u : 0x10u) | map);
    byte((w ? 0x80u : 0u) | (~v & 15u) << 3 | 4u | prefix);
    byte(static_cast<unsigned>(width) << 5 | (broadcast ? 0x10u : 0u) | ((v & 16) ? 0u : 8u) |
         mask);
  }
  void evex(bool w, Width width, unsigned prefix, unsigned map, unsigned opcode, unsigned reg,
            unsigned v, Vec rm, unsigned mask = 0) {
    room();
    evexPrefix(w, width, prefix, map, reg, v, rm.number >> 4, rm.number, mask);
    byte(opcode);
    byte(0xC0 | (reg & 7u) << 3 | (rm.number & 7u));
  }
  void evex(bool w, Width width, unsigned prefix, unsigned map, unsigned opcode, unsigned reg,
            unsigned v, Mem rm, int32_t unit = 0, bool broadcast = false) {
    room();
    const unsigned x = rm.index == Reg::rsp ? 0u : number(rm.index) >> 3;
    evexPrefix(w, width, prefix, map, reg, v, x, rm.inCode ? 0u : number(rm.base), 0, broadcast);
    byte(opcode);
    operand(reg, rm, unit != 0 ? unit : 16 << static_cast<int>(width));
  }
  // Unaligned moves: vmovdqu (VEX) or vmovdqu64 (EVEX).
  void vmove(unsigned opcode, Width width, Vec reg, Mem at) {
    if (width != Width::zmm && reg.number < 16) {
      vex(false, length(width), 2, 1, opcode, reg.number, 0, at);
    } else {
      evex(true, width, 2, 1, opcode, reg.number, 0, at);
    }
  }
  void vshift(unsigned operation, Width width, Vec dst, Vec src, unsigned count) {
    if (width != Width::zmm && dst.number < 16 && src.number < 16) {
      vex(false, length(width), 1, 1, 0x73, operation, dst.number, low(src));
    } else {
      evex(true, width, 1, 1, 0x73, operation, dst.number, src);
    }
    byte(count & 63);
  }
  void nop(size_t bytes) {
    static constexpr uint8_t kNops[8][8] = {
        {0x90},
        {0x66, 0x90},
        {0x0F, 0x1F, 0x00},
        {0x0F, 0x1F, 0x40, 0x00},
        {0x0F, 0x1F, 0x44, 0x00, 0x00},
        {0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00},
        {0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00},
        {0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    };
    room();
    const size_t length = bytes < 8 ? bytes : 8;
    std::memcpy(cursor_, kNops[length - 1], length);
    cursor_ += length;
  }

  uint8_t* begin_;
  uint8_t* cursor_;
  uint8_t* limit_;
  bool overflowed_ = false;
};

}  // namespace ibct::x86
