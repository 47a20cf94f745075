// What every loop around programs is made of (specification 4.6.2).
#pragma once

#include "body_compiler.hpp"
#include "loop_compiler.hpp"

namespace ibct::x86 {

class LoopParts {
 public:
  LoopParts(Assembler& as, const Program* programs, Context& context, const LoopOptions& options);

 protected:
  const Configuration& configuration(unsigned lane) const { return programs_[lane].configuration; }
  LaneVectors vectors(unsigned lane) const { return laneVectors(lane, options_.rounding); }
  static Mem field(unsigned lane, size_t offset) { return laneField(lane, offset); }

  // Saves the caller's registers and control word; loads what all lanes have in common.
  void enterFunction();
  void leaveFunction();
  void loadShared();

  // To and from the lane's context.
  void loadConstants(unsigned lane);
  void loadScratchpad(unsigned lane);
  void loadLines(unsigned lane);
  void loadIntegers(unsigned lane, unsigned count);
  void storeIntegers(unsigned lane, unsigned count);
  void storeFloats(unsigned lane);
  // After a call of a function: all that it may have changed, r0 to r3, f and e from the context.
  void reload(unsigned lane);

  void prefetchDataset(Mem line);

  // Rounding by control word: MXCSR from one lane's to another's.
  void changeMode(unsigned from, unsigned to);

  // Steps 1 to 4: scratchpad lines to registers.
  void head(unsigned lane);
  // Step 5.
  void body(unsigned lane, std::vector<Interlude> interludes, const FarAccesses& far = {});
  // rax: what steps 6 and 7 bring into ma or mx.
  void datasetRegisters(const Configuration& configuration);
  // Steps 7 and 9: swaps ma and mx. Leaves the offset of the line that this iteration reads in
  // rcx, of the one to prefetch in rax, both without the program's dataset offset.
  void advanceDataset(unsigned lane);
  // Step 8 in light mode: the cache's code or a function makes the line whose offset is in rcx.
  void makeItem(unsigned lane);
  // r ^= a line.
  void xorItem(Mem item);
  // kLine1: step 1 of the next iteration, both lines at once.
  void lineRegisters(const Configuration& configuration);
  // Steps 1 (its rest), 10, 11 and 12.
  void writeResults(unsigned lane);
  // Step 11. Version 2 without AES instructions calls out: all but rax and rcx is kept or reloaded.
  void mixFAndE(unsigned lane);
  // Step 12, to the line whose offset is in rcx.
  void writeF();

  Assembler& as_;
  const Program* programs_;
  Context& context_;
  const LoopOptions& options_;
  FloatCode float_;

 private:
  void mixSoftly(unsigned lane);
  void callItemCode(unsigned lane);
  void callItemFunction(unsigned lane);
  void itemNumber(unsigned lane, Reg number);
};

}  // namespace ibct::x86
