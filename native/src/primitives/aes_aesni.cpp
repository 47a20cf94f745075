#if defined(__x86_64__)

#include "aes_block_x86_64.hpp"
#include "aes_columns.hpp"
#include "aes_variants.hpp"

namespace ibct {

const AesKernels kAesNi = aesColumnKernels<AesNi>("aesni");

}  // namespace ibct

#endif
