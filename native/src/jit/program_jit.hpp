// The program JIT of this machine.
#pragma once

#include <memory>

#include "../cpu/features.hpp"
#include "../vm/program_runner.hpp"

namespace ibct {

// Whether lanes are known to hide each other's waits. AArch64 interleaves pairs of them, but nobody
// has measured what that brings.
#if defined(__x86_64__)
constexpr bool kLanesPay = true;
#else
constexpr bool kLanesPay = false;
#endif

// A runner that compiles the programs of `lanes` machines. nullptr when this
// machine has no JIT or the system refuses memory for code.
std::unique_ptr<ProgramRunner> createProgramJit(unsigned lanes, const CpuFeatures& features);

}  // namespace ibct
