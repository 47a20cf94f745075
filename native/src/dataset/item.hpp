// How a dataset item is made (spec 7.3), in portable form: the oracle of all generated
// code.
#pragma once

#include <array>
#include <cstdint>

#include "../superscalar/program.hpp"

namespace ibct {

constexpr unsigned kCacheAccesses = 8;
constexpr uint32_t kCacheItemMask = 4194304 - 1;
using SuperscalarPrograms = std::array<SuperscalarProgram, kCacheAccesses>;

// r0 = (number + 1) * kItemMultiplier; r1 to r7 = r0 ^ kItemConstants[0 to 6].
constexpr uint64_t kItemMultiplier = 6364136223846793005;
constexpr uint64_t kItemConstants[7] = {
    9298411001130361340u,  12065312585734608966u, 9306329213124626780u, 5281919268842080866u,
    10536153434571861004u, 3398623926847679864u,  9549104520008361294u,
};

// Item `number` of the cache into 64 bytes.
void computeItem(const uint8_t* cache, const SuperscalarPrograms& programs, uint64_t number,
                 uint8_t out[64]);

}  // namespace ibct
