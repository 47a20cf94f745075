// The eight registers of one item in r8 … r15; rax and rdx are scratch.
#pragma once

#include "../../../dataset/item.hpp"
#include "../assembler.hpp"

namespace ibct::x86 {

class ScalarItem {
 public:
  explicit ScalarItem(Assembler& out) : out_(out) {}

  static constexpr Reg r(unsigned index) { return static_cast<Reg>(8 + index); }

  void subtract(unsigned dst, unsigned src) { out_.sub(r(dst), r(src)); }
  void exclusiveOr(unsigned dst, unsigned src) { out_.xor_(r(dst), r(src)); }
  // lea cannot have r13 as base without a displacement: r5 is never the destination.
  void addShifted(unsigned dst, unsigned src, unsigned shift) {
    out_.lea(r(dst), ptr(r(dst), r(src), 0, static_cast<uint8_t>(shift)));
  }
  void multiply(unsigned dst, unsigned src) { out_.imul(r(dst), r(src)); }
  void rotateRight(unsigned dst, unsigned count) { out_.ror(r(dst), count); }
  void addConstant(unsigned dst, int32_t value) { out_.add(r(dst), value); }
  void exclusiveOrConstant(unsigned dst, int32_t value) { out_.xor_(r(dst), value); }
  void multiplyHigh(unsigned dst, unsigned src) {
    out_.mov(Reg::rax, r(dst));
    out_.mul(r(src));
    out_.mov(r(dst), Reg::rdx);
  }
  void multiplyHighSigned(unsigned dst, unsigned src) {
    out_.mov(Reg::rax, r(dst));
    out_.imul1(r(src));
    out_.mov(r(dst), Reg::rdx);
  }
  void multiplyConstant(unsigned dst, uint64_t value) {
    out_.mov(Reg::rax, value);
    out_.imul(r(dst), Reg::rax);
  }

  // Registers of item number `number`, which stays as it is.
  void start(Reg number) {
    out_.lea(r(0), ptr(number, 1));
    out_.mov(Reg::rdx, kItemMultiplier);
    out_.imul(r(0), Reg::rdx);
    for (unsigned i = 1; i < 8; ++i) {
      out_.mov(r(i), kItemConstants[i - 1]);
      out_.xor_(r(i), r(0));
    }
  }
  void mixLine(Reg line) {
    for (unsigned i = 0; i < 8; ++i) out_.xor_(r(i), ptr(line, static_cast<int32_t>(8 * i)));
  }
  void load(Reg from) {
    for (unsigned i = 0; i < 8; ++i) out_.mov(r(i), ptr(from, static_cast<int32_t>(8 * i)));
  }
  void store(Reg to) {
    for (unsigned i = 0; i < 8; ++i) out_.mov(ptr(to, static_cast<int32_t>(8 * i)), r(i));
  }
  // index becomes the address of that line of the cache
  void findLine(Reg index, Reg cache) {
    out_.and32(index, kCacheItemMask);
    out_.shl(index, 6);
    out_.add(index, cache);
  }
  // and the line is called for.
  void callForLine(Reg index, Reg cache) {
    findLine(index, cache);
    out_.prefetchNta(ptr(index));
  }

 private:
  Assembler& out_;
};

}  // namespace ibct::x86
