// Compiles programs into a function that runs their loops (specification 4.6.2).
#pragma once

#include "../../../cpu/features.hpp"
#include "machine.hpp"

namespace ibct::a64 {

using LoopFunction = void (*)(Context* context);

// One lane (lone_compiler.cpp).
void compileLone(Assembler& as, const Program& program, bool fromDataset,
                 const CpuFeatures& features);

// Two lanes in turns, of one version, from the dataset (pair_compiler.cpp).
void compilePair(Assembler& as, const Program* programs);

// A pair leaves no register for calls of functions.
inline bool runsAsPair(Version version, bool fromDataset, const CpuFeatures& features) {
  return fromDataset && (version == Version::v1 || features.aes);
}

}  // namespace ibct::a64
