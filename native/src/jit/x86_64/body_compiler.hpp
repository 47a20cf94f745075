// Compiles the instructions of one program, without the loop around them.
#pragma once

#include "../../cpu/features.hpp"
#include "machine.hpp"

namespace ibct::x86 {

// `mxcsr`: where the lane keeps its control word; CFROUND changes it there and in the CPU.
void compileBody(Assembler& as, const Program& program, Mem mxcsr, const CpuFeatures& features);

}  // namespace ibct::x86
