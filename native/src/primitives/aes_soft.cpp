#include <cstring>

#include "aes_constants.hpp"
#include "aes_round.hpp"
#include "aes_variants.hpp"

namespace ibct {
namespace {

void step1R(uint8_t state[64]) {
  softAesDecrypt(state, kFill1RKeys);
  softAesEncrypt(state + 16, kFill1RKeys + 16);
  softAesDecrypt(state + 32, kFill1RKeys + 32);
  softAesEncrypt(state + 48, kFill1RKeys + 48);
}

void step4R(uint8_t state[64]) {
  for (int round = 0; round < 4; ++round) {
    softAesDecrypt(state, kFill4RKeys01 + 16 * round);
    softAesEncrypt(state + 16, kFill4RKeys01 + 16 * round);
    softAesDecrypt(state + 32, kFill4RKeys23 + 16 * round);
    softAesEncrypt(state + 48, kFill4RKeys23 + 16 * round);
  }
}

void absorb(uint8_t hash[64], const uint8_t block[64]) {
  softAesEncrypt(hash, block);
  softAesDecrypt(hash + 16, block + 16);
  softAesEncrypt(hash + 32, block + 32);
  softAesDecrypt(hash + 48, block + 48);
}

void finish(uint8_t hash[64]) {
  for (int round = 0; round < 2; ++round) {
    uint8_t keys[64];
    for (int column = 0; column < 4; ++column)
      std::memcpy(keys + 16 * column, kHash1RExtraKeys + 16 * round, 16);
    absorb(hash, keys);
  }
}

void fill1R(uint8_t state[64], uint8_t* out, size_t bytes) {
  for (size_t i = 0; i < bytes; i += 64) {
    step1R(state);
    std::memcpy(out + i, state, 64);
  }
}

void fill4R(uint8_t state[64], uint8_t* out, size_t bytes) {
  for (size_t i = 0; i < bytes; i += 64) {
    step4R(state);
    std::memcpy(out + i, state, 64);
  }
}

void hash1R(const uint8_t* in, size_t bytes, uint8_t hash[64]) {
  std::memcpy(hash, kHash1RState, 64);
  for (size_t i = 0; i < bytes; i += 64) absorb(hash, in + i);
  finish(hash);
}

void run(const ScratchpadPass& pass, size_t bytes) {
  std::memcpy(pass.hash, kHash1RState, 64);
  for (size_t i = 0; i < bytes; i += 64) {
    absorb(pass.hash, pass.scratchpad + i);
    step1R(pass.state);
    std::memcpy(pass.scratchpad + i, pass.state, 64);
  }
  finish(pass.hash);
}

void hashAndFill1R(const ScratchpadPass* passes, size_t count, size_t bytes) {
  for (size_t i = 0; i < count; ++i) run(passes[i], bytes);
}

}  // namespace

const AesKernels kAesSoft = {"soft", fill1R, fill4R, hash1R, hashAndFill1R};

}  // namespace ibct
