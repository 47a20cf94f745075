// The constants of vector code: they stand in front of it, in the order in which it reads them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../../../superscalar/program.hpp"
#include "../assembler.hpp"
#include "superscalar_emitter.hpp"

namespace ibct::x86 {

class VectorConstants {
 public:
  explicit VectorConstants(Assembler& out) : out_(out), next_(out.offset()) {}

  void write(const SuperscalarProgram& program) { emitSuperscalar(*this, program); }
  // The constant of the next instruction that has one.
  Mem next() {
    const Mem constant = inCode(next_);
    next_ += 8;
    return constant;
  }

  // The operations of a program, for write().
  void subtract(unsigned, unsigned) {}
  void exclusiveOr(unsigned, unsigned) {}
  void addShifted(unsigned, unsigned, unsigned) {}
  void multiply(unsigned, unsigned) {}
  void rotateRight(unsigned, unsigned) {}
  void multiplyHigh(unsigned, unsigned) {}
  void multiplyHighSigned(unsigned, unsigned) {}
  void addConstant(unsigned, int32_t value) { out_.data(static_cast<uint64_t>(int64_t{value})); }
  void exclusiveOrConstant(unsigned, int32_t value) { addConstant(0, value); }
  void multiplyConstant(unsigned, uint64_t value) { out_.data(value); }

 private:
  Assembler& out_;
  size_t next_;
};

}  // namespace ibct::x86
