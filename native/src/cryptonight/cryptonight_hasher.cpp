#include "cryptonight_hasher.hpp"

#include <cstring>
#include <vector>

#include "../primitives/bytes.hpp"
#include "closing.hpp"
#include "kernels.hpp"

namespace ibct {
namespace {

using cryptonight::Kernels;
using cryptonight::Lane;

// Nothing is gained from a pipeline here: the inputs of a batch are kept until its results are
// asked for.
class CryptonightHasher final : public Hasher {
 public:
  CryptonightHasher(const HasherOptions& options, uint8_t* scratchpads)
      : kernels_(cryptonight::kernels(options.features)), inputs_(options.lanes) {
    for (unsigned i = 0; i < options.lanes; ++i)
      lanes_[i].scratchpad = scratchpads + i * kScratchpadBytes;
  }

  void useCache(const Cache&, Version) override {}
  void useDataset(const uint8_t*, Version) override {}

  void first(const Input* inputs) override {
    for (size_t i = 0; i < inputs_.size(); ++i)
      inputs_[i].assign(inputs[i].data, inputs[i].data + inputs[i].size);
  }
  void next(const Input* inputs, uint8_t (*out)[32]) override {
    last(out);
    first(inputs);
  }
  void last(uint8_t (*out)[32]) override {
    for (size_t i = 0; i < inputs_.size(); ++i) begin(lanes_[i], inputs_[i]);
    kernels_.run[inputs_.size() - 1](lanes_);
    for (size_t i = 0; i < inputs_.size(); ++i) finish(lanes_[i], inputs_[i], out[i]);
  }

  unsigned lanes() const override { return static_cast<unsigned>(inputs_.size()); }
  const char* programPath() const override { return "none"; }
  const char* aesPath() const override { return kernels_.name; }

 private:
  static bool hasHash(const std::vector<uint8_t>& input) {
    return input.size() >= kCryptonightLeastInputBytes;
  }
  static void begin(Lane& lane, const std::vector<uint8_t>& input) {
    lane.state = cryptonight::absorb(input.data(), input.size());
    lane.tweak = hasHash(input) ? lane.state.words[24] ^ load64(&input[35]) : 0;
  }
  static void finish(Lane& lane, const std::vector<uint8_t>& input, uint8_t out[32]) {
    if (!hasHash(input)) {
      std::memset(out, 0xff, 32);
      return;
    }
    cryptonight::permute(lane.state);
    const uint8_t* bytes = lane.state.bytes();
    cryptonight::kClosingHashes[bytes[0] & 3](bytes, sizeof lane.state, out);
  }

  const Kernels& kernels_;
  std::vector<std::vector<uint8_t>> inputs_;
  Lane lanes_[kMaxLanes];
};

}  // namespace

std::unique_ptr<Hasher> createCryptonightHasher(const HasherOptions& options,
                                                uint8_t* scratchpads) {
  return std::make_unique<CryptonightHasher>(options, scratchpads);
}

}  // namespace ibct
