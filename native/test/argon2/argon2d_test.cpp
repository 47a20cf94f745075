#include "argon2/argon2d.hpp"

#include <chrono>

#include "memory/region.hpp"
#include "primitives/blake2b.hpp"
#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

constexpr size_t kCacheBytes = ibct::kArgon2Blocks * ibct::kArgon2BlockBytes;

uint8_t* memory() {
  static const ibct::Region region =
      ibct::Region::allocate(kCacheBytes, ibct::PagePolicy::automatic);
  return region.data();
}

std::string digest256(const uint8_t* in, size_t bytes) {
  uint8_t out[32];
  ibct::blake2b(out, sizeof out, in, bytes);
  return test::hex(out, sizeof out);
}

const test::Json& vectors() { return test::randomxVectors()["cache"]["vectors"]; }

}  // namespace

TEST("the first two blocks come from the key") {
  for (const auto& vector : vectors().items()) {
    const test::Bytes key = vector["key"].bytes();
    ibct::argon2dStart(memory(), key.data(), key.size());
    const uint8_t* second = memory() + ibct::kArgon2BlockBytes;
    CHECK_EQUAL(test::hex(memory(), 64), vector["block0_before_fill_first64"].text());
    CHECK_EQUAL(test::hex(second, 64), vector["block1_before_fill_first64"].text());
    CHECK_EQUAL(digest256(memory(), 1024), vector["block0_before_fill_blake2b256"].text());
    CHECK_EQUAL(digest256(second, 1024), vector["block1_before_fill_blake2b256"].text());
  }
  CHECK_EQUAL(vectors().size(), 5u);
}

TEST("the filled memory, in every variant") {
  const std::atomic<bool> cancel{false};
  const ibct::Argon2dFill* const* variants;
  const size_t count = ibct::argon2dFillVariants(&variants);
  for (size_t i = 0; i < count; ++i) {
    // Each variant takes a part of the keys, the last one all of them where that is quick.
    const bool all = i + 1 == count && !test::kSampled;
    for (size_t k = all ? 0 : i; k < vectors().size(); k += all ? 1 : 4) {
      const auto& vector = vectors().at(k);
      const test::Bytes key = vector["key"].bytes();
      ibct::argon2dStart(memory(), key.data(), key.size());
      const auto begin = std::chrono::steady_clock::now();
      CHECK(variants[i]->run(memory(), cancel));
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
      std::printf("  %s: %.3f s\n", variants[i]->name, seconds.count());
      for (const auto& word : vector["words"].members())
        CHECK_EQUAL(ibct::load64(memory() + 8 * std::stoull(word.first)), word.second.number());
      CHECK_EQUAL(digest256(memory(), kCacheBytes), vector["blake2b256_of_whole_cache"].text());
    }
  }
}

TEST("a cancelled fill stops") {
  const std::atomic<bool> cancel{true};
  const ibct::Argon2dFill* const* variants;
  const size_t count = ibct::argon2dFillVariants(&variants);
  for (size_t i = 0; i < count; ++i) CHECK(!variants[i]->run(memory(), cancel));
}
