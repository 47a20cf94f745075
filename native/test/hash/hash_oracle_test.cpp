// Random keys and inputs against the reference implementation.
#include <randomx.h>

#include <random>

#include "support/cache.hpp"
#include "support/hashing.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

test::Bytes randomBytes(std::mt19937_64& random, size_t size) {
  test::Bytes bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

class Reference {
 public:
  explicit Reference(const test::Bytes& key) : cache_(randomx_alloc_cache(kFlags)) {
    randomx_init_cache(cache_, key.data(), key.size());
    vm_ = randomx_create_vm(kFlags, cache_, nullptr);
  }
  ~Reference() {
    randomx_destroy_vm(vm_);
    randomx_release_cache(cache_);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  std::string hash(const test::Bytes& input) {
    uint8_t out[32];
    randomx_calculate_hash(vm_, input.data(), input.size(), out);
    return test::hex(out, sizeof out);
  }

 private:
  static constexpr randomx_flags kFlags = RANDOMX_FLAG_JIT;
  randomx_cache* cache_;
  randomx_vm* vm_;
};

}  // namespace

TEST("random keys and inputs hash as in librandomx") {
  std::mt19937_64 random(20);
  for (const size_t keySize : {1u, 32u, 60u}) {
    const test::Bytes key = randomBytes(random, keySize);
    std::vector<test::Bytes> inputs;
    for (int i = 0; i < 12; ++i) inputs.push_back(randomBytes(random, random() % 300));
    Reference reference(key);
    std::vector<std::string> expected;
    for (const test::Bytes& input : inputs) expected.push_back(reference.hash(input));

    for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
      test::OwnedHasher hasher(CodePath::jit, lanes);
      hasher->useCache(test::cacheOf(key), Version::v1);
      CHECK(test::hashAll(*hasher, inputs) == expected);
    }
  }
}
