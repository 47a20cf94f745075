#include "cryptonight/closing.hpp"
#include "cryptonight/cryptonight_hasher.hpp"
#include "cryptonight/kernels.hpp"
#include "memory/region.hpp"
#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

const test::Json& vectors() { return test::cryptonightVectors(); }

// The vectors' pattern(n).
test::Bytes pattern(size_t length) {
  test::Bytes bytes(length);
  for (size_t i = 0; i < length; ++i) bytes[i] = static_cast<uint8_t>(7 * i + 3);
  return bytes;
}

// Hashes of all inputs, `lanes` at a time; the last batch is filled up with its last input.
std::vector<std::string> hashes(const std::vector<test::Bytes>& inputs, unsigned lanes,
                                const ibct::CpuFeatures& features) {
  static const ibct::Region scratchpads =
      ibct::Region::allocate(ibct::kMaxLanes * ibct::kScratchpadBytes, ibct::PagePolicy::automatic);
  ibct::HasherOptions options;
  options.features = features;
  options.lanes = lanes;
  const auto hasher = ibct::createCryptonightHasher(options, scratchpads.data());
  std::vector<std::string> results;
  uint8_t out[ibct::kMaxLanes][32];
  for (size_t at = 0; at < inputs.size() + lanes; at += lanes) {
    ibct::Input batch[ibct::kMaxLanes];
    for (size_t i = 0; i < lanes; ++i) {
      const test::Bytes& input = inputs[std::min(at + i, inputs.size() - 1)];
      batch[i] = {input.data(), input.size()};
    }
    if (at == 0) {
      hasher->first(batch);
      continue;
    }
    if (at < inputs.size()) {
      hasher->next(batch, out);
    } else {
      hasher->last(out);
    }
    for (size_t i = 0; i < lanes && results.size() < inputs.size(); ++i)
      results.push_back(test::hex(out[i], 32));
  }
  return results;
}

// Sampled, each number of lanes meets another third of the vectors.
void checkHashes(unsigned lanes, const ibct::CpuFeatures& features) {
  const size_t every = test::kSampled ? 3 : 1;
  std::vector<test::Bytes> inputs;
  std::vector<std::string> expected;
  size_t count = 0;
  for (const auto& vector : vectors()["hash"]["vectors"].items()) {
    if (vector["algo"].text() != "cn/1" || (count++ + lanes) % every != 0) continue;
    inputs.push_back(vector["input"].bytes());
    expected.push_back(vector["expected"].text());
  }
  CHECK_EQUAL(count, 27u);
  const std::vector<std::string> results = hashes(inputs, lanes, features);
  for (size_t i = 0; i < inputs.size(); ++i) CHECK_EQUAL(results[i], expected[i]);
}

}  // namespace

TEST("Keccak absorbs and permutes") {
  for (const auto& vector : vectors()["keccak1600"]["vectors"].items()) {
    const test::Bytes input = vector["input"].bytes();
    const auto state = ibct::cryptonight::absorb(input.data(), input.size());
    CHECK_EQUAL(test::hex(state.bytes(), 200), vector["state"].text());
  }
  for (const auto& vector : vectors()["keccakf"]["vectors"].items()) {
    ibct::cryptonight::KeccakState state;
    std::memcpy(state.bytes(), vector["before"].bytes().data(), 200);
    ibct::cryptonight::permute(state);
    CHECK_EQUAL(test::hex(state.bytes(), 200), vector["after"].text());
  }
}

TEST("ten round keys of a 32-byte key") {
  for (const auto& vector : vectors()["aes"]["key_schedule"].items()) {
    const auto keys = ibct::cryptonight::expandKey(vector["key"].bytes().data());
    CHECK_EQUAL(test::hex(keys.bytes, 160), vector["round_keys"].text());
  }
}

TEST("the four closing hashes") {
  const char* names[] = {"blake", "groestl", "jh", "skein"};
  for (size_t i = 0; i < 4; ++i) {
    const auto hash = [&](const test::Bytes& input) {
      uint8_t out[32];
      ibct::cryptonight::kClosingHashes[i](input.data(), input.size(), out);
      return test::hex(out, sizeof out);
    };
    const auto& closing = vectors()["closing"][names[i]];
    CHECK_EQUAL(closing["pattern"].size(), 30u);
    for (const auto& vector : closing["pattern"].items())
      CHECK_EQUAL(hash(pattern(vector["length"].number())), vector["expected"].text());
    for (const auto& vector : closing["monero"].items())
      CHECK_EQUAL(hash(vector["input"].bytes()), vector["expected"].text());
  }
}

TEST("cn/1 hashes, one to four side by side") {
  for (unsigned lanes = 1; lanes <= ibct::kMaxLanes; ++lanes)
    checkHashes(lanes, ibct::cpuFeatures());
}

TEST("cn/1 hashes without AES instructions") { checkHashes(2, ibct::CpuFeatures{}); }

TEST("a scan over nonces finds the one share") {
  const auto& scan = vectors()["scan"];
  std::vector<test::Bytes> blobs;
  for (size_t i = 0; i < scan["count"].number(); ++i) {
    blobs.push_back(scan["blob"].bytes());
    ibct::store32(&blobs.back()[39], static_cast<uint32_t>(scan["first"].number() + i));
  }
  const std::vector<std::string> results = hashes(blobs, 4, ibct::cpuFeatures());
  for (size_t i = 0; i < results.size(); ++i) CHECK_EQUAL(results[i], scan["hashes"].at(i).text());
}

TEST("inputs without a hash meet no target") {
  for (const auto& length : vectors()["refuse"]["cn/1_lengths"].items())
    CHECK_EQUAL(hashes({pattern(length.number())}, 1, ibct::cpuFeatures())[0],
                std::string(64, 'f'));
}
