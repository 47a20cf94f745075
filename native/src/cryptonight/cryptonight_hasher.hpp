// CryptoNight variant 1 ("cn/1", Monero's proof of work from April to October 2018) behind the
// interface of the RandomX hasher. It has no key and no dataset.
#pragma once

#include <memory>

#include "../hash/hasher.hpp"

namespace ibct {

// Shorter inputs have no cn/1 hash: the tweak takes input bytes 35 to 42.
constexpr size_t kCryptonightLeastInputBytes = 43;

// scratchpads: lanes × kScratchpadBytes, as for Hasher::create. Never nullptr. useCache and
// useDataset do nothing. A hash of an input that is too short is 32 bytes of 0xff, which meets no
// target: refuse such inputs before.
std::unique_ptr<Hasher> createCryptonightHasher(const HasherOptions& options, uint8_t* scratchpads);

}  // namespace ibct
