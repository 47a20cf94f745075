// Any number of inputs through a Hasher's pipeline.
#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "cpu/features.hpp"
#include "hash/hasher.hpp"
#include "hex.hpp"
#include "memory/region.hpp"

namespace test {

// A hasher with scratchpads of its own.
struct OwnedHasher {
  explicit OwnedHasher(ibct::CodePath path, unsigned lanes = 1,
                       const ibct::CpuFeatures& features = ibct::cpuFeatures())
      : scratchpads(
            ibct::Region::allocate(lanes * ibct::kScratchpadBytes, ibct::PagePolicy::automatic)),
        hasher(ibct::Hasher::create({path, features, lanes}, scratchpads.data())) {
    if (hasher == nullptr) throw std::runtime_error("no hasher");
  }
  ibct::Hasher* operator->() const { return hasher.get(); }
  ibct::Hasher& operator*() const { return *hasher; }

  ibct::Region scratchpads;
  std::unique_ptr<ibct::Hasher> hasher;
};

// Hashes in the order of the inputs, in lower-case hex. The last batch is filled up with copies.
inline std::vector<std::string> hashAll(ibct::Hasher& hasher, const std::vector<Bytes>& inputs) {
  std::vector<std::string> hashes;
  std::vector<ibct::Input> batch(hasher.lanes());
  uint8_t out[ibct::kMaxLanes][32];
  const auto collect = [&] {
    for (unsigned lane = 0; lane < hasher.lanes() && hashes.size() < inputs.size(); ++lane)
      hashes.push_back(hex(out[lane], 32));
  };
  for (size_t begin = 0; begin < inputs.size(); begin += hasher.lanes()) {
    for (size_t lane = 0; lane < batch.size(); ++lane) {
      const Bytes& input = inputs[std::min(begin + lane, inputs.size() - 1)];
      batch[lane] = {input.data(), input.size()};
    }
    if (begin == 0) {
      hasher.first(batch.data());
    } else {
      hasher.next(batch.data(), out);
      collect();
    }
  }
  hasher.last(out);
  collect();
  return hashes;
}

}  // namespace test
