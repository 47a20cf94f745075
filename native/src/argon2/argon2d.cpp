#include "argon2d.hpp"

#include <cstring>
#include <vector>

#include "../primitives/blake2b.hpp"
#include "../primitives/bytes.hpp"
#include "argon2d_variants.hpp"

namespace ibct {
namespace {

constexpr uint32_t kPasses = 3;
constexpr uint32_t kLanes = 1;
constexpr uint32_t kTagBytes = 0;  // outside the RFC's range; RandomX makes no tag
constexpr uint32_t kVersion = 0x13;
constexpr uint32_t kTypeD = 0;
constexpr char kSalt[] = "RandomX\x03";
constexpr uint32_t kSaltBytes = 8;

void append(std::vector<uint8_t>& text, uint32_t word) {
  const size_t at = text.size();
  text.resize(at + 4);
  store32(&text[at], word);
}

// H0 of RFC 9106, 3.2.
void startHash(const uint8_t* key, size_t keyLength, uint8_t out[64]) {
  std::vector<uint8_t> text;
  append(text, kLanes);
  append(text, kTagBytes);
  append(text, static_cast<uint32_t>(kArgon2Blocks));
  append(text, kPasses);
  append(text, kVersion);
  append(text, kTypeD);
  append(text, static_cast<uint32_t>(keyLength));
  text.insert(text.end(), key, key + keyLength);
  append(text, kSaltBytes);
  text.insert(text.end(), kSalt, kSalt + kSaltBytes);
  append(text, 0);  // no secret
  append(text, 0);  // no associated data
  blake2b(out, 64, text.data(), text.size());
}

// H' of RFC 9106, 3.3, for a whole block: the first halves of a chain of hashes, then all of the
// last.
void startBlock(const uint8_t h0[64], uint32_t number, uint8_t* block) {
  uint8_t input[4 + 64 + 8];
  store32(input, kArgon2BlockBytes);
  std::memcpy(input + 4, h0, 64);
  store32(input + 68, number);
  store32(input + 72, 0);  // the lane's number, in RFC 9106's words

  uint8_t link[64];
  blake2b(link, sizeof link, input, sizeof input);
  size_t at = 0;
  for (; at < kArgon2BlockBytes - 64; at += 32) {
    std::memcpy(block + at, link, 32);
    blake2b(link, sizeof link, link, sizeof link);
  }
  std::memcpy(block + at, link, 64);
}

std::vector<const Argon2dFill*> runnable(const CpuFeatures& features) {
  std::vector<const Argon2dFill*> fills{&kArgon2dPortable};
#if defined(__x86_64__)
  if (features.avx2) fills.push_back(&kArgon2dAvx2);
  if (features.avx512) fills.push_back(&kArgon2dAvx512);
#else
  (void)features;
#endif
  return fills;
}

}  // namespace

void argon2dStart(uint8_t* memory, const uint8_t* key, size_t keyLength) {
  uint8_t h0[64];
  startHash(key, keyLength, h0);
  startBlock(h0, 0, memory);
  startBlock(h0, 1, memory + kArgon2BlockBytes);
}

const Argon2dFill& argon2dFill(const CpuFeatures& features) { return *runnable(features).back(); }

size_t argon2dFillVariants(const Argon2dFill* const** variants) {
  static const std::vector<const Argon2dFill*> all = runnable(cpuFeatures());
  *variants = all.data();
  return all.size();
}

}  // namespace ibct
