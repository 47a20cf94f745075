// What both loops around programs are made of (specification 4.6.2).
#pragma once

#include "body_compiler.hpp"

namespace ibct::a64 {

class LoopParts {
 public:
  explicit LoopParts(Assembler& as) : as_(as) {}

 protected:
  // Where the stack has 16 bytes for the loop.
  static constexpr size_t kFreeAt = 160;

  // Saves what the caller keeps in registers, and its control register; x0: the context.
  void enterFunction();
  void leaveFunction(Reg context);

  void loadShared(Reg context);
  void loadConstants(unsigned number, const Lane& lane, Reg context);
  void storeIntegers(unsigned number, const Lane& lane, Reg context);
  void storeFloats(unsigned number, const Lane& lane, Reg context);

  using LoadPair = void (Assembler::*)(Reg, Reg, Reg, int);
  // r ^= the line that kTemporary3 points to.
  void xorLine(const Lane& lane, LoadPair load);
  // Steps 3 and 4, from the line that kTemporary3 points to.
  void loadFloats(const Lane& lane);
  // Step 7: what is XORed into ma or mx.
  void datasetAddress(const Configuration& configuration, const Lane& lane, Reg to);
  // Step 1: what is XORed into the addresses of both lines, of line 1 in the upper half.
  void lineAddresses(const Configuration& configuration, const Lane& lane, Reg to);
  // Steps 10 and 12, to the line that kTemporary3 points to.
  void writeIntegers(const Lane& lane);
  void writeFloats(const Lane& lane);
  // Step 11.
  void mixByXor(const Lane& lane);
  void mixByAes(const Lane& lane);

  Assembler& as_;
};

}  // namespace ibct::a64
