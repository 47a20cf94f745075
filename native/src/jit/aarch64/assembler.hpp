// Encodes the A64 instructions that generated code uses (Arm Architecture Reference Manual, C6 and
// C7). Nothing is written past the end of the memory: overflowed() tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ibct::a64 {

// A 64-bit register, its lower half where an instruction's name ends in 32.
enum class Reg : uint32_t {};
constexpr Reg x(unsigned number) { return static_cast<Reg>(number); }
constexpr Reg kZero = x(31);  // as an operand; in addresses and addImmediate it would be sp
constexpr Reg kStack = x(31);
constexpr Reg kLink = x(30);

// 128 bits, two doubles.
enum class Vec : uint32_t {};
constexpr Vec v(unsigned number) { return static_cast<Vec>(number); }

enum class Condition : uint32_t { equal = 0, notEqual = 1 };

// A run of ones, the only masks needed.
struct Mask {
  unsigned lowest;
  unsigned count;
};
constexpr Mask maskOf(uint64_t bits) {
  Mask mask{0, 0};
  while ((bits >> mask.lowest & 1) == 0) ++mask.lowest;
  while (mask.lowest + mask.count < 64 && (bits >> (mask.lowest + mask.count) & 1) != 0)
    ++mask.count;
  return mask;
}

class Assembler {
 public:
  Assembler(uint8_t* memory, size_t size) : memory_(memory), size_(size) {}

  size_t offset() const { return used_; }
  bool overflowed() const { return used_ > size_; }
  void align(size_t bytes) {
    while (used_ % bytes != 0) emit(0xD503201F);  // nop
  }

  /* Integers */

  void mov(Reg to, Reg from) { three(0xAA0003E0, to, x(0), from); }
  void mov32(Reg to, Reg from) { three(0x2A0003E0, to, x(0), from); }
  void mov(Reg to, uint64_t value) {
    const bool inverted = static_cast<int64_t>(value) < 0 && halvesOf(~value) < halvesOf(value);
    const uint64_t skipped = inverted ? 0xFFFF : 0;
    bool first = true;
    for (unsigned half = 0; half < 4; ++half) {
      const uint64_t bits = value >> (16 * half) & 0xFFFF;
      const bool last = half == 3 && first;
      if (bits == skipped && !last) continue;
      const uint32_t code = !first ? 0xF2800000 : inverted ? 0x92800000 : 0xD2800000;
      const uint64_t field = first && inverted ? ~bits & 0xFFFF : bits;
      emit(code | half << 21 | static_cast<uint32_t>(field) << 5 | number(to));
      first = false;
    }
  }
  void add(Reg to, Reg a, Reg b, unsigned shift = 0) { three(0x8B000000 | shift << 10, to, a, b); }
  void sub(Reg to, Reg a, Reg b) { three(0xCB000000, to, a, b); }
  void neg(Reg to, Reg from) { three(0xCB0003E0, to, x(0), from); }
  void exclusiveOr(Reg to, Reg a, Reg b) { three(0xCA000000, to, a, b); }
  void exclusiveOr32(Reg to, Reg a, Reg b) { three(0x4A000000, to, a, b); }
  void mul(Reg to, Reg a, Reg b) { three(0x9B007C00, to, a, b); }
  void umulh(Reg to, Reg a, Reg b) { three(0x9BC07C00, to, a, b); }
  void smulh(Reg to, Reg a, Reg b) { three(0x9B407C00, to, a, b); }
  void ror(Reg to, Reg a, Reg count) { three(0x9AC02C00, to, a, count); }
  void ror(Reg to, Reg a, unsigned count) { three(0x93C00000 | count << 10, to, a, a); }
  void lsr(Reg to, Reg a, unsigned count) { two(0xD340FC00 | count << 16, to, a); }
  void lsr32(Reg to, Reg a, unsigned count) { two(0x53007C00 | count << 16, to, a); }
  void rbit32(Reg to, Reg a) { two(0x5AC00000, to, a); }
  // Bits 0 to count-1 of `a`, moved up by `lowest`; all others zero.
  void field(Reg to, Reg a, unsigned lowest, unsigned count) {
    two(0xD3400000 | (64 - lowest) % 64 << 16 | (count - 1) << 10, to, a);
  }
  void and32(Reg to, Reg a, Mask mask) { two(0x12000000 | bitmask32(mask), to, a); }
  void andHalves(Reg to, Reg a, Mask mask) { two(0x92000000 | bitmask32(mask), to, a); }
  void test32(Reg a, Mask mask) { two(0x72000000 | bitmask32(mask), kZero, a); }
  void compare32(Reg a, Reg b) { three(0x6B000000, kZero, a, b); }
  void subAndTest32(Reg to, Reg a, unsigned value) { two(0x71000000 | value << 10, to, a); }
  // `temporary` is changed where the value is too wide for an instruction.
  void addImmediate(Reg to, Reg a, int64_t value, Reg temporary) {
    if (value >= 0 && value < 4096) {
      two(0x91000000 | static_cast<uint32_t>(value) << 10, to, a);
    } else if (value < 0 && value > -4096) {
      two(0xD1000000 | static_cast<uint32_t>(-value) << 10, to, a);
    } else {
      mov(temporary, static_cast<uint64_t>(value));
      add(to, a, temporary);
    }
  }

  /* Memory; offsets are multiples of the size */

  void load(Reg to, Reg base, size_t offset) { two(0xF9400000 | scaled(offset, 8), to, base); }
  void store(Reg from, Reg base, size_t offset) { two(0xF9000000 | scaled(offset, 8), from, base); }
  void load32(Reg to, Reg base, size_t offset) { two(0xB9400000 | scaled(offset, 4), to, base); }
  void store32(Reg from, Reg base, size_t offset) {
    two(0xB9000000 | scaled(offset, 4), from, base);
  }
  void load(Reg to, Reg base, Reg index) { three(0xF8606800, to, base, index); }
  void store(Reg from, Reg base, Reg index) { three(0xF8206800, from, base, index); }
  void loadPair(Reg a, Reg b, Reg base, int offset) { pair(0xA9400000, a, b, base, offset); }
  void storePair(Reg a, Reg b, Reg base, int offset) { pair(0xA9000000, a, b, base, offset); }
  // Without a hint to keep it in the caches.
  void loadPairStreamed(Reg a, Reg b, Reg base, int offset) {
    pair(0xA8400000, a, b, base, offset);
  }
  void pushPair(Reg a, Reg b, int bytes) { pair(0xA9800000, a, b, kStack, -bytes); }
  void popPair(Reg a, Reg b, int bytes) { pair(0xA8C00000, a, b, kStack, bytes); }
  void prefetch(Reg base) { two(0xF9800000, x(0), base); }
  void prefetch(Reg base, Reg index) { three(0xF8A06800, x(0), base, index); }
  void prefetchStreamed(Reg base, Reg index) { three(0xF8A06800, x(1), base, index); }

  /* Vectors */

  void load(Vec to, Reg base, size_t offset) {
    emit(0x3DC00000 | scaled(offset, 16) | number(base) << 5 | number(to));
  }
  void store(Vec from, Reg base, size_t offset) {
    emit(0x3D800000 | scaled(offset, 16) | number(base) << 5 | number(from));
  }
  void loadHalf(Vec to, Reg base, size_t offset) {
    emit(0xFD400000 | scaled(offset, 8) | number(base) << 5 | number(to));
  }
  void loadHalf(Vec to, Reg base, Reg index) {
    emit(0xFC606800 | number(index) << 16 | number(base) << 5 | number(to));
  }
  void loadHalves(Vec a, Vec b, Reg base, int offset) { pair(0x6D400000, a, b, base, offset); }
  void storeHalves(Vec a, Vec b, Reg base, int offset) { pair(0x6D000000, a, b, base, offset); }
  // The two int32 of the lower half become doubles.
  void convert(Vec reg) {
    two(0x0F20A400, reg, reg);  // sxtl
    two(0x4E61D800, reg, reg);  // scvtf
  }
  void fadd(Vec to, Vec a, Vec b) { three(0x4E60D400, to, a, b); }
  void fsub(Vec to, Vec a, Vec b) { three(0x4EE0D400, to, a, b); }
  void fmul(Vec to, Vec a, Vec b) { three(0x6E60DC00, to, a, b); }
  void fdiv(Vec to, Vec a, Vec b) { three(0x6E60FC00, to, a, b); }
  void fsqrt(Vec to, Vec a) { two(0x6EE1F800, to, a); }
  void exclusiveOr(Vec to, Vec a, Vec b) { three(0x6E201C00, to, a, b); }
  void bitAnd(Vec to, Vec a, Vec b) { three(0x4E201C00, to, a, b); }
  void bitOr(Vec to, Vec a, Vec b) { three(0x4EA01C00, to, a, b); }
  void swapHalves(Vec reg) { three(0x6E004000, reg, reg, reg); }
  void clear(Vec reg) { emit(0x6F00E400 | number(reg)); }
  // ShiftRows, SubBytes, MixColumns and their inverses; `zero` is a cleared register.
  void aesEncrypt(Vec state, Vec zero) {
    two(0x4E284800, state, zero);
    two(0x4E286800, state, state);
  }
  void aesDecrypt(Vec state, Vec zero) {
    two(0x4E285800, state, zero);
    two(0x4E287800, state, state);
  }
  void readFpcr(Reg to) { emit(0xD53B4400 | number(to)); }
  void writeFpcr(Reg from) { emit(0xD51B4400 | number(from)); }

  /* Jumps; places are offsets */

  void jump(Condition condition, size_t to) { emit(0x54000000 | relative19(to) | bits(condition)); }
  void call(size_t to) { emit(0x94000000 | (distance(to) & 0x3FFFFFF)); }
  void call(Reg to) { emit(0xD63F0000 | number(to) << 5); }
  void ret() { emit(0xD65F03C0); }
  // Jumps to where land() is called with what this returns.
  size_t jumpForward(Condition condition) {
    const size_t at = used_;
    emit(0x54000000 | bits(condition));
    return at;
  }
  void land(size_t from) {
    if (overflowed()) return;
    uint32_t code = 0;
    std::memcpy(&code, memory_ + from, sizeof code);
    code |= static_cast<uint32_t>((used_ - from) / 4) << 5;
    std::memcpy(memory_ + from, &code, sizeof code);
  }

 private:
  template <typename Any>
  static constexpr uint32_t number(Any reg) {
    return static_cast<uint32_t>(reg);
  }
  static constexpr uint32_t bits(Condition condition) { return static_cast<uint32_t>(condition); }
  static constexpr uint32_t scaled(size_t offset, size_t bytes) {
    return static_cast<uint32_t>(offset / bytes) << 10;
  }
  static constexpr uint32_t bitmask32(Mask mask) {
    return (32 - mask.lowest) % 32 << 16 | (mask.count - 1) << 10;
  }
  static constexpr unsigned halvesOf(uint64_t value) {
    unsigned count = 0;
    for (; value != 0; value >>= 16) count += (value & 0xFFFF) != 0;
    return count;
  }

  template <typename Any>
  void two(uint32_t code, Any to, Any a) {
    emit(code | number(a) << 5 | number(to));
  }
  template <typename Any>
  void three(uint32_t code, Any to, Any a, Any b) {
    emit(code | number(b) << 16 | number(a) << 5 | number(to));
  }
  template <typename Any>
  void pair(uint32_t code, Any a, Any b, Reg base, int offset) {
    emit(code | (static_cast<uint32_t>(offset / 8) & 0x7F) << 15 | number(b) << 10 |
         number(base) << 5 | number(a));
  }
  uint32_t distance(size_t to) const {
    return static_cast<uint32_t>((static_cast<ptrdiff_t>(to) - static_cast<ptrdiff_t>(used_)) / 4);
  }
  uint32_t relative19(size_t to) const { return (distance(to) & 0x7FFFF) << 5; }

  void emit(uint32_t code) {
    if (used_ + sizeof code <= size_) std::memcpy(memory_ + used_, &code, sizeof code);
    used_ += sizeof code;
  }

  uint8_t* memory_;
  size_t size_;
  size_t used_ = 0;
};

}  // namespace ibct::a64
