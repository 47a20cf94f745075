// Compiles the instructions of one program, without the loop around them.
#pragma once

#include "../../cpu/features.hpp"
#include "machine.hpp"

namespace ibct::x86 {

// A dataset line that is asked for in the midst of a program, on behalf of the lane before.
struct DelayedPrefetch {
  Mem line;  // where its offset is kept
  uint32_t datasetOffset;
};

// `mxcsr`: where the lane keeps its control word; CFROUND changes it there and in the CPU.
// `prefetch`: may be nullptr.
void compileBody(Assembler& as, const Program& program, Mem mxcsr, const CpuFeatures& features,
                 const DelayedPrefetch* prefetch);

}  // namespace ibct::x86
