#include "item.hpp"

#include "../primitives/bytes.hpp"

namespace ibct {

void computeItem(const uint8_t* cache, const SuperscalarPrograms& programs, uint64_t number,
                 uint8_t out[64]) {
  uint64_t r[8];
  r[0] = (number + 1) * kItemMultiplier;
  for (int i = 1; i < 8; ++i) r[i] = r[0] ^ kItemConstants[i - 1];

  uint64_t cacheIndex = number;
  for (const SuperscalarProgram& program : programs) {
    const uint8_t* line = cache + 64 * (cacheIndex & kCacheItemMask);
    __builtin_prefetch(line);
    runSuperscalar(program, r);
    for (int i = 0; i < 8; ++i) r[i] ^= load64(line + 8 * i);
    cacheIndex = r[program.addressRegister];
  }
  std::memcpy(out, r, sizeof r);
}

}  // namespace ibct
