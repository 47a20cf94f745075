#if defined(__aarch64__)

#include "aes_block_aarch64.hpp"
#include "aes_columns.hpp"
#include "aes_variants.hpp"

namespace ibct {

const AesKernels kAesArm = aesColumnKernels<ArmAes>("armaes");

}  // namespace ibct

#endif
