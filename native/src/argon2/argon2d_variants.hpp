// The fill of each instruction set; those not built for this machine are absent.
#pragma once

#include "argon2d.hpp"

namespace ibct {

extern const Argon2dFill kArgon2dPortable;
#if defined(__x86_64__)
extern const Argon2dFill kArgon2dAvx2;
extern const Argon2dFill kArgon2dAvx512;
#endif

}  // namespace ibct
