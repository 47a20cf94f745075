#if defined(__aarch64__)

#include "../primitives/aes_block_aarch64.hpp"
#include "loop.hpp"

namespace ibct::cryptonight {

const Kernels kArmAesKernels = {"armaes",
                                {run<ArmAes, 1>, run<ArmAes, 2>, run<ArmAes, 3>, run<ArmAes, 4>}};

}  // namespace ibct::cryptonight

#endif
