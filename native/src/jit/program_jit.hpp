// The program JIT of this machine.
#pragma once

#include <memory>

#include "../cpu/features.hpp"
#include "../vm/program_runner.hpp"

namespace ibct {

// A runner that compiles the programs of `lanes` machines into one loop. nullptr when this machine
// has no JIT or the system refuses memory for code.
std::unique_ptr<ProgramRunner> createProgramJit(unsigned lanes, const CpuFeatures& features);

}  // namespace ibct
