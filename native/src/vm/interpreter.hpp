// Runs decoded programs one instruction at a time: slow, readable, portable, and the oracle of the
// JIT.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dataset_source.hpp"
#include "program.hpp"
#include "rounding.hpp"

namespace ibct {

struct VmState {
  RegisterFile registers;
  uint32_t ma;
  uint32_t mx;
  RoundingMode rounding;  // outlives programs; set to nearest when a hash begins
  uint8_t* scratchpad;
};

// Executes program.code[index] in the rounding mode in force (see setRounding); returns the index
// of the next instruction.
size_t interpretInstruction(const Program& program, size_t index, VmState& vm);

// r = 0, a, ma and mx from the program; then the loop of specification 4.6.2. Call inside a
// FloatEnvironment. `iterations` is kIterations but in tests.
void interpret(const Program& program, VmState& vm, const DatasetSource& source,
               unsigned iterations = kIterations);

}  // namespace ibct
