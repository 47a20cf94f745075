// Compiles the programs of all lanes into one function: one loop whose turn runs one iteration of
// each lane after the other, so that a lane's dataset read is in flight while the others compute.
#pragma once

#include "../../cpu/features.hpp"
#include "machine.hpp"

namespace ibct::x86 {

// Who supplies dataset items: memory, the cache's generated code (DatasetCode::itemEntry) or a
// function.
enum class ItemSource : uint8_t { dataset, itemCode, function };

struct LoopOptions {
  unsigned lanes;
  ItemSource source;
  CpuFeatures features;
};

using LoopFunction = void(IBCT_JIT_ABI*)(Context*);

// `context` tells the lanes' rounding modes at the start; the code is for any context like it.
void compileLoop(Assembler& as, const Program* programs, const Context& context,
                 const LoopOptions& options);

}  // namespace ibct::x86
