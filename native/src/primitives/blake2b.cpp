#include "blake2b.hpp"

#include "blake_sigma.hpp"
#include "bytes.hpp"

namespace ibct {
namespace {

constexpr size_t kBlockBytes = 128;

constexpr uint64_t kIv[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

inline void mix(uint64_t& a, uint64_t& b, uint64_t& c, uint64_t& d, uint64_t x, uint64_t y) {
  a += b + x;
  d = rotateRight(d ^ a, 32);
  c += d;
  b = rotateRight(b ^ c, 24);
  a += b + y;
  d = rotateRight(d ^ a, 16);
  c += d;
  b = rotateRight(b ^ c, 63);
}

void compress(uint64_t h[8], const uint8_t* block, uint64_t bytesSoFar, bool last) {
  uint64_t m[16];
  uint64_t v[16];
  for (int i = 0; i < 16; ++i) m[i] = load64(block + 8 * i);
  for (int i = 0; i < 8; ++i) {
    v[i] = h[i];
    v[i + 8] = kIv[i];
  }
  v[12] ^= bytesSoFar;
  if (last) v[14] = ~v[14];
  for (int round = 0; round < 12; ++round) {
    const uint8_t* s = kBlakeSigma[round % 10];
    mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
    mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
    mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
    mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
    mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
    mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
    mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
    mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
  }
  for (int i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
}

}  // namespace

void blake2b(void* out, size_t outLength, const void* in, size_t inLength) {
  const uint8_t* input = static_cast<const uint8_t*>(in);
  uint64_t h[8];
  std::memcpy(h, kIv, sizeof h);
  h[0] ^= 0x01010000 ^ outLength;

  uint64_t done = 0;
  for (; inLength - done > kBlockBytes; done += kBlockBytes)
    compress(h, input + done, done + kBlockBytes, false);

  uint8_t block[kBlockBytes] = {};
  if (inLength != done) std::memcpy(block, input + done, inLength - done);
  compress(h, block, inLength, true);
  std::memcpy(out, h, outLength);
}

}  // namespace ibct
