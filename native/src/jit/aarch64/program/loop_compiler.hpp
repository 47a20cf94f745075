// Compiles one RandomX program into a function that runs its loop (specification 4.6.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "../../../cpu/features.hpp"
#include "../../../vm/program.hpp"
#include "../assembler.hpp"

namespace ibct::a64 {

// The memory that generated code shares with C++.
struct alignas(64) Context {
  RegisterFile registers;
  std::array<uint64_t, 2> eKeep;
  std::array<uint64_t, 2> eSet;
  std::array<uint64_t, 2> scale;
  uint8_t* scratchpad;
  const uint8_t* source;  // the dataset from this program's offset on, or the cache's memory
  const void* makeItem;   // itemEntry(); null with a dataset
  const void* mixSoftly;  // version 2 without AES: void (uint8_t* f, const uint8_t* e)
  uint64_t iterations;
  uint64_t fpcr;  // rounding mode as the control register has it
  uint64_t callersFpcr;
  uint64_t ma;
  uint64_t mx;
  std::array<uint64_t, 8> saved;  // across calls of C++
};

using LoopFunction = void (*)(Context* context);

// The field of the control register that holds the rounding mode; its two codings of "down" and
// "up" are the other way round than RandomX's.
constexpr unsigned kModeShift = 22;
constexpr std::array<uint64_t, 4> kFpcrOfMode = {
    0, uint64_t{2} << kModeShift, uint64_t{1} << kModeShift, uint64_t{3} << kModeShift};

void compileLoop(Assembler& as, const Program& program, bool fromDataset,
                 const CpuFeatures& features);

}  // namespace ibct::a64
