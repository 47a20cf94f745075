#if defined(__x86_64__)

#include "../primitives/aes_block_x86_64.hpp"
#include "loop.hpp"

namespace ibct::cryptonight {

const Kernels kAesNiKernels = {"aesni",
                               {run<AesNi, 1>, run<AesNi, 2>, run<AesNi, 3>, run<AesNi, 4>}};

}  // namespace ibct::cryptonight

#endif
