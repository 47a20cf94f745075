// Random keys and items against the reference implementation (Debian's librandomx).
#include <randomx.h>

#include <random>

#include "dataset/cache.hpp"
#include "jit/dataset_jit.hpp"
#include "support/hex.hpp"
#include "support/test.hpp"

namespace {

const std::atomic<bool> kNever{false};
constexpr unsigned kKeys = 6;
constexpr uint64_t kRun = 500;

class Reference {
 public:
  Reference()
      : cache_(randomx_alloc_cache(
            static_cast<randomx_flags>(RANDOMX_FLAG_JIT | RANDOMX_FLAG_ARGON2_AVX2))),
        dataset_(randomx_alloc_dataset(RANDOMX_FLAG_DEFAULT)) {
    if (cache_ == nullptr || dataset_ == nullptr)
      throw std::runtime_error("no memory for the reference");
  }
  ~Reference() {
    randomx_release_dataset(dataset_);
    randomx_release_cache(cache_);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  void useKey(const test::Bytes& key) { randomx_init_cache(cache_, key.data(), key.size()); }
  const uint8_t* items(uint64_t first, uint64_t count) {
    randomx_init_dataset(dataset_, cache_, first, count);
    return static_cast<const uint8_t*>(randomx_get_dataset_memory(dataset_)) + 64 * first;
  }

 private:
  randomx_cache* cache_;
  randomx_dataset* dataset_;
};

}  // namespace

TEST("random items of random keys are the reference's") {
  const uint32_t seed = std::random_device{}();
  std::printf("  seed %u\n", seed);
  std::mt19937_64 random(seed);
  Reference reference;
  ibct::Cache cache(ibct::Region::allocate(ibct::kCacheBytes, ibct::PagePolicy::automatic));
  const ibct::Region out = ibct::Region::allocate(64 * kRun, ibct::PagePolicy::small);
  for (unsigned k = 0; k < kKeys; ++k) {
    test::Bytes key(1 + random() % 60);
    for (uint8_t& byte : key) byte = static_cast<uint8_t>(random());
    reference.useKey(key);
    CHECK(cache.fill(key.data(), key.size(), ibct::CodePath::interpreter, ibct::cpuFeatures(),
                     kNever));
    const uint64_t first = random() % (ibct::kDatasetItems - kRun);
    const std::string expected = test::hex(reference.items(first, kRun), 64 * kRun);
    cache.items(first, kRun, out.data());
    CHECK(test::hex(out.data(), 64 * kRun) == expected);

    const auto code = ibct::DatasetJit::compile(cache.programs(), ibct::cpuFeatures());
    for (size_t i = 0; code != nullptr && i < code->bulkPaths().size(); ++i) {
      code->useBulkPath(i);
      code->items(cache.memory(), first, kRun, out.data());
      const bool equal = test::hex(out.data(), 64 * kRun) == expected;
      if (!equal) std::printf("  (path %s)\n", code->bulkPath());
      CHECK(equal);
    }
  }
}
