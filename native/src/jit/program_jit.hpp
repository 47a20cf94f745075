// The program JIT of this machine.
#pragma once

#include <memory>

#include "../cpu/features.hpp"
#include "../vm/program_runner.hpp"

namespace ibct {

// Whether lanes run interleaved and so hide each other's waits; elsewhere they run in turn.
#if defined(__x86_64__)
constexpr bool kLanesInterleave = true;
#else
constexpr bool kLanesInterleave = false;
#endif

// A runner that compiles the programs of `lanes` machines into one function. nullptr when this
// machine has no JIT or the system refuses memory for code.
std::unique_ptr<ProgramRunner> createProgramJit(unsigned lanes, const CpuFeatures& features);

}  // namespace ibct
