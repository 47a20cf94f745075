// Fast mode on a whole dataset: 2 GiB of memory and all cores for a while.
#include <atomic>
#include <thread>

#include "primitives/bytes.hpp"
#include "support/cache.hpp"
#include "support/hashing.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using test::Json;

const char kKeyOfManyVectors[] = "blob76_seedA_nonce00000000_v1";

test::Bytes keyOfManyVectors() {
  for (const Json& vector : test::randomxVectors()["hash"]["vectors"].items())
    if (vector["name"].text() == kKeyOfManyVectors) return vector["key"].bytes();
  return {};
}

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

// Of the key that was asked for last.
const Region& datasetOf(const test::Bytes& key) {
  static test::Bytes built;
  static Region dataset;
  if (!dataset || built != key) {
    dataset = Region();
    dataset = buildDataset(test::cacheOf(key));
    built = key;
  }
  return dataset;
}

Version versionOf(const std::string& algorithm) {
  return algorithm == "rx/0" ? Version::v1 : Version::v2;
}

}  // namespace

TEST("hashes of both versions in fast mode, every path") {
  const auto& vectors = test::randomxVectors()["hash"]["vectors"].items();
  const test::Bytes key = keyOfManyVectors();
  const Region& dataset = datasetOf(key);
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
      hasher->useDataset(dataset.data(), versionOf(algorithm));
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

namespace {

template <typename Check>
void checkThousands(const char* kind, unsigned lanes, Check check) {
  if (test::kSampled) return;
  unsigned found = 0;
  for (const Json& vector : test::randomxVectors()["hash"]["vectors"].items()) {
    if (vector["kind"].text() != kind || vector["count"].number() < 1000) continue;
    ++found;
    test::OwnedHasher hasher(CodePath::jit, lanes);
    hasher->useDataset(datasetOf(vector["key"].bytes()).data(), versionOf(vector["algo"].text()));
    CHECK_EQUAL(check(*hasher, vector), vector["expected"].text());
  }
  CHECK_EQUAL(found, 2u);
}

}  // namespace

TEST("h = hash(h), a thousand times") {
  checkThousands("chain", 1, [](Hasher& hasher, const Json& vector) {
    test::Bytes h = vector["input"].bytes();
    for (uint64_t i = 0; i < vector["count"].number(); ++i)
      h = test::unhex(test::hashAll(hasher, {h}).front());
    return test::hex(h);
  });
}

TEST("the XOR of a thousand nonces' hashes, three lanes") {
  checkThousands("xor", 3, [](Hasher& hasher, const Json& vector) {
    std::vector<test::Bytes> inputs(vector["count"].number(), vector["input"].bytes());
    for (size_t nonce = 0; nonce < inputs.size(); ++nonce)
      store32(inputs[nonce].data() + 39, static_cast<uint32_t>(nonce));
    test::Bytes sum(32);
    for (const std::string& hash : test::hashAll(hasher, inputs)) {
      const test::Bytes bytes = test::unhex(hash);
      for (size_t i = 0; i < 32; ++i) sum[i] ^= bytes[i];
    }
    return test::hex(sum);
  });
}
