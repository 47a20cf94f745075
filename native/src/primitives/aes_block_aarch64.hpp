// AES rounds with ARM's cryptography extension: only for files compiled for it.
#pragma once

#include <arm_neon.h>

#include <cstdint>

namespace ibct {
namespace {

// ARM's instructions add the key before the round, and leave the mix of columns to another one.
struct ArmAes {
  using Block = uint8x16_t;
  static Block load(const uint8_t* from) { return vld1q_u8(from); }
  static void store(uint8_t* to, Block block) { vst1q_u8(to, block); }
  static Block encrypt(Block block, Block key) {
    return veorq_u8(vaesmcq_u8(vaeseq_u8(block, vdupq_n_u8(0))), key);
  }
  static Block decrypt(Block block, Block key) {
    return veorq_u8(vaesimcq_u8(vaesdq_u8(block, vdupq_n_u8(0))), key);
  }
  static Block mix(Block a, Block b) { return veorq_u8(a, b); }
  static Block make(uint64_t low, uint64_t high) {
    return vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(low), vcreate_u64(high)));
  }
  static uint64_t low(Block block) { return vgetq_lane_u64(vreinterpretq_u64_u8(block), 0); }
  static uint64_t high(Block block) { return vgetq_lane_u64(vreinterpretq_u64_u8(block), 1); }
};

}  // namespace
}  // namespace ibct
