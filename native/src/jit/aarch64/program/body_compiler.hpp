// Compiles the instructions of one program, without the loop around them.
#pragma once

#include <functional>

#include "machine.hpp"

namespace ibct::a64 {

// Code that stands before the instruction at `index`, or before a later one when a CBRANCH would
// repeat it there: it runs once an iteration. It may change the temporaries.
struct Interlude {
  size_t index;
  std::function<void()> emit;
};

// CFROUND changes the lane's register for its mode, and the CPU's.
void compileBody(Assembler& as, const Program& program, const Lane& lane,
                 const Interlude& interlude = {0, [] {}});

}  // namespace ibct::a64
