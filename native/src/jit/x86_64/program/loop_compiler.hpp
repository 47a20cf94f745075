// Compiles the programs of all lanes into one function: a loop whose turn runs one iteration of
// each lane after the other.
#pragma once

#include "../../../cpu/features.hpp"
#include "float_code.hpp"
#include "machine.hpp"

namespace ibct::x86 {

// Who supplies dataset items: memory, the cache's generated code (ItemGenerator::itemEntry), a
// function, or one for all lanes' items at once (Cache::makeListed).
enum class ItemSource : uint8_t { dataset, itemCode, function, listed };

struct LoopOptions {
  unsigned lanes;
  ItemSource source;
  Rounding rounding;
  CpuFeatures features;
  const uint8_t* executable;  // where the code will run
};

using LoopFunction = void(IBCT_JIT_ABI*)(Context*);

// `context` tells the lanes' rounding modes at the start, and is told where their code is; the code
// is for any context like it.
void compileLoop(Assembler& as, const Program* programs, Context& context,
                 const LoopOptions& options);

// The same for several lanes that get their items together (batch_compiler.cpp).
void compileBatch(Assembler& as, const Program* programs, Context& context,
                  const LoopOptions& options);

// The same for one lane (lone_compiler.cpp). Its loop stands in front of the body and stays in the
// buffer for the next program, with other registers in two places.
struct LoneFrame {
  Version version;
  ItemSource source;
  size_t datasetAt;  // where the registers are named whose xor is the next dataset line
  size_t linesAt;    // and those of the scratchpad lines
  size_t tail;       // of an iteration
  size_t body = 0;   // 0: there is no frame
};
void compileLone(Assembler& as, const Program& program, Context& context,
                 const LoopOptions& options, LoneFrame& frame);

inline bool runsAsBatch(unsigned lanes, ItemSource source) {
  return source == ItemSource::listed || (lanes > 1 && source == ItemSource::dataset);
}

}  // namespace ibct::x86
