// Fast mode on a whole dataset: 2 GiB of memory and all cores for a while.
#include <atomic>
#include <thread>

#include "support/cache.hpp"
#include "support/hashing.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using test::Json;

const char kKeyOfManyVectors[] = "blob76_seedA_nonce00000000_v1";

Region buildDataset(const Cache& cache) {
  Region dataset = Region::allocate(kDatasetBytes, PagePolicy::automatic);
  constexpr uint64_t kChunk = 65536;
  std::atomic<uint64_t> next{0};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
    threads.emplace_back([&] {
      for (uint64_t first; (first = next.fetch_add(kChunk)) < kDatasetItems;)
        cache.items(first, std::min<uint64_t>(kChunk, kDatasetItems - first),
                    dataset.data() + first * 64);
    });
  for (std::thread& thread : threads) thread.join();
  return dataset;
}

}  // namespace

TEST("hashes of both versions in fast mode, every path") {
  const auto& vectors = test::randomxVectors()["hash"]["vectors"].items();
  test::Bytes key;
  for (const Json& vector : vectors)
    if (vector["name"].text() == kKeyOfManyVectors) key = vector["key"].bytes();
  const Region dataset = buildDataset(test::cacheOf(key));
  CHECK(dataset);

  for (const char* algorithm : {"rx/0", "rx/2"}) {
    std::vector<test::Bytes> inputs;
    std::vector<std::string> expected;
    for (const Json& vector : vectors)
      if (vector["kind"].text() == "hash" && vector["algo"].text() == algorithm &&
          vector["key"].bytes() == key) {
        inputs.push_back(vector["input"].bytes());
        expected.push_back(vector["expected"].text());
      }
    CHECK(inputs.size() >= 11);
    const auto check = [&](CodePath path, unsigned lanes,
                           const CpuFeatures& features = cpuFeatures()) {
      test::OwnedHasher hasher(path, lanes, features);
      hasher->useDataset(dataset.data(),
                         algorithm == std::string("rx/0") ? Version::v1 : Version::v2);
      CHECK(test::hashAll(*hasher, inputs) == expected);
    };
    check(CodePath::interpreter, 1);
#if defined(__x86_64__) || defined(__aarch64__)
    CpuFeatures embedded = cpuFeatures();
    embedded.fastEmbeddedRounding = embedded.avx512;
    CpuFeatures control = cpuFeatures();
    control.fastEmbeddedRounding = false;
    for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes)
      for (const CpuFeatures& features : {embedded, control, CpuFeatures{}})
        check(CodePath::jit, lanes, features);
#endif
  }
}
