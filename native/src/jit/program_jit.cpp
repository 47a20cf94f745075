#if !defined(__x86_64__) && !defined(__aarch64__)

#include "program_jit.hpp"

namespace ibct {

std::unique_ptr<ProgramRunner> createProgramJit(unsigned, const CpuFeatures&) { return nullptr; }

}  // namespace ibct

#endif
