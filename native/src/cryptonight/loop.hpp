// CryptoNight's walk through the scratchpad, for any implementation of AES rounds: `Aes::Block` is
// 16 bytes, with load, store, encrypt (one round), mix (XOR), make (of two words), low and high
// (the words).
#pragma once

#include <cstdint>
#include <utility>

#include "../primitives/bytes.hpp"
#include "kernels.hpp"

namespace ibct::cryptonight {
// Everything here must stay inside its translation unit: each is compiled for another instruction
// set.
namespace {

constexpr uint64_t kAddressMask = 0x1FFFF0;
constexpr unsigned kIterations = 524288;
constexpr size_t kRowBytes = 128;
constexpr unsigned kRowBlocks = 8;

template <typename Aes>
struct Row {
  typename Aes::Block blocks[kRowBlocks];

  void load(const uint8_t* from) {
    for (unsigned i = 0; i < kRowBlocks; ++i) blocks[i] = Aes::load(from + 16 * i);
  }
  void store(uint8_t* to) const {
    for (unsigned i = 0; i < kRowBlocks; ++i) Aes::store(to + 16 * i, blocks[i]);
  }
  void mix(const uint8_t* from) {
    for (unsigned i = 0; i < kRowBlocks; ++i)
      blocks[i] = Aes::mix(blocks[i], Aes::load(from + 16 * i));
  }
  void encrypt(const RoundKeys& keys) {
    for (const uint8_t(&key)[16] : keys.bytes) {
      const typename Aes::Block roundKey = Aes::load(key);
      for (typename Aes::Block& block : blocks) block = Aes::encrypt(block, roundKey);
    }
  }
};

template <typename Aes>
void explode(const KeccakState& state, uint8_t* scratchpad) {
  const RoundKeys keys = expandKey(state.bytes());
  Row<Aes> row;
  row.load(state.bytes() + 64);
  for (size_t at = 0; at < kScratchpadBytes; at += kRowBytes) {
    row.encrypt(keys);
    row.store(scratchpad + at);
  }
}

template <typename Aes>
void implode(KeccakState& state, const uint8_t* scratchpad) {
  const RoundKeys keys = expandKey(state.bytes() + 32);
  Row<Aes> row;
  row.load(state.bytes() + 64);
  for (size_t at = 0; at < kScratchpadBytes; at += kRowBytes) {
    row.mix(scratchpad + at);
    row.encrypt(keys);
  }
  row.store(state.bytes() + 64);
}

// Variant 1 changes two bits of byte 11, by three of its bits.
inline uint64_t changeByte11(uint64_t high) {
  const unsigned twiceIndex = static_cast<unsigned>(((high >> 26) & 12) | ((high >> 23) & 2));
  return high ^ uint64_t { (0x75310u >> twiceIndex) & 0x30 } << 24;
}

// One hash inside the main loop.
template <typename Aes>
struct Walker {
  uint8_t* scratchpad;
  uint64_t tweak;
  uint64_t aLow, aHigh;
  typename Aes::Block b, c;

  explicit Walker(const Lane& lane) : scratchpad(lane.scratchpad), tweak(lane.tweak) {
    const uint64_t* words = lane.state.words;
    aLow = words[0] ^ words[4];
    aHigh = words[1] ^ words[5];
    b = c = Aes::make(words[2] ^ words[6], words[3] ^ words[7]);
  }
  void firstHalf() {
    uint8_t* place = scratchpad + (aLow & kAddressMask);
    c = Aes::encrypt(Aes::load(place), Aes::make(aLow, aHigh));
    const typename Aes::Block mixed = Aes::mix(b, c);
    store64(place, Aes::low(mixed));
    store64(place + 8, changeByte11(Aes::high(mixed)));
    b = c;
  }
  void secondHalf() {
    __extension__ using Wide = unsigned __int128;
    const uint64_t cLow = Aes::low(c);
    uint8_t* place = scratchpad + (cLow & kAddressMask);
    const uint64_t low = load64(place);
    const uint64_t high = load64(place + 8);
    const Wide product = Wide{cLow} * low;
    aLow += static_cast<uint64_t>(product >> 64);
    aHigh += static_cast<uint64_t>(product);
    store64(place, aLow);
    store64(place + 8, aHigh ^ tweak);
    aLow ^= low;
    aHigh ^= high;
  }
};

// The main loop is one chain of waits for memory: several of them fill each other's gaps.
template <typename Aes, unsigned... index>
void runLanes(Lane* lanes, std::integer_sequence<unsigned, index...>) {
  (explode<Aes>(lanes[index].state, lanes[index].scratchpad), ...);
  Walker<Aes> walkers[] = {Walker<Aes>(lanes[index])...};
  for (unsigned i = 0; i < kIterations; ++i) {
    (walkers[index].firstHalf(), ...);
    (walkers[index].secondHalf(), ...);
  }
  (implode<Aes>(lanes[index].state, lanes[index].scratchpad), ...);
}

template <typename Aes, unsigned count>
void run(Lane* lanes) {
  runLanes<Aes>(lanes, std::make_integer_sequence<unsigned, count>());
}

}  // namespace
}  // namespace ibct::cryptonight
