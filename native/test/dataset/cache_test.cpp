#include "dataset/cache.hpp"

#include <random>

#include "jit/dataset_jit.hpp"
#include "primitives/blake2b.hpp"
#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

const std::atomic<bool> kNever{false};

ibct::Cache& cache() {
  static ibct::Cache one(ibct::Region::allocate(ibct::kCacheBytes, ibct::PagePolicy::automatic));
  return one;
}

bool fill(const test::Bytes& key, ibct::CodePath path) {
  return cache().fill(key.data(), key.size(), path, ibct::cpuFeatures(), kNever);
}

std::string item(uint64_t number) {
  uint8_t out[64];
  cache().item(number, out);
  return test::hex(out, sizeof out);
}

std::string digestOfItems(uint64_t first, uint64_t count) {
  const ibct::Region out = ibct::Region::allocate(64 * count, ibct::PagePolicy::small);
  cache().items(first, count, out.data());
  uint8_t digest[32];
  ibct::blake2b(digest, sizeof digest, out.data(), 64 * count);
  return test::hex(digest, sizeof digest);
}

void checkItems(const test::Json& vector) {
  CHECK_EQUAL(vector["dataset"].members().size(), 9u);
  for (const auto& expected : vector["dataset"].members())
    CHECK_EQUAL(item(std::stoull(expected.first)), expected.second.text());
  CHECK_EQUAL(digestOfItems(0, 4096), vector["blake2b256_of_items_0_to_4095"].text());
  CHECK_EQUAL(digestOfItems(ibct::kDatasetItems - 4096, 4096),
              vector["blake2b256_of_last_4096_items"].text());
}

// Every bulk path gives the interpreter's items.
void checkBulkPaths() {
#if defined(__x86_64__) || defined(__aarch64__)
  const auto code = ibct::DatasetJit::compile(cache().programs(), ibct::cpuFeatures());
  CHECK(code != nullptr);
  if (code == nullptr) return;
  constexpr uint64_t kCount = 1000;  // no multiple of any chunk: single items are mixed in
  const ibct::Region out = ibct::Region::allocate(64 * kCount, ibct::PagePolicy::small);
  for (size_t i = 0; i < code->bulkPaths().size(); ++i) {
    code->useBulkPath(i);
    for (const uint64_t first :
         {uint64_t{0}, uint64_t{4194303}, uint64_t{ibct::kDatasetItems} - kCount}) {
      code->items(cache().memory(), first, kCount, out.data());
      uint64_t wrong = 0;
      for (uint64_t k = 0; k < kCount; ++k)
        wrong += test::hex(out.data() + 64 * k, 64) != item(first + k);
      if (wrong != 0)
        std::printf("  (%s, from item %llu)\n", code->bulkPath(),
                    static_cast<unsigned long long>(first));
      CHECK_EQUAL(wrong, 0u);
    }
  }
#endif
}

// Items made side by side are the interpreter's, whatever their numbers.
void checkListedItems() {
  if (cache().listedItems() == 0) return;
  CHECK_EQUAL(cache().listedItems(), 8u);
  std::mt19937_64 random(1);
  for (unsigned round = 0; round < 50; ++round) {
    alignas(64) uint64_t numbers[8] = {0, ibct::kDatasetItems - 1};
    alignas(64) uint8_t out[8][64];
    for (unsigned i = round == 0 ? 2 : 0; i < 8; ++i) numbers[i] = random() % ibct::kDatasetItems;
    cache().makeListed(numbers, out[0]);
    for (unsigned i = 0; i < 8; ++i) {
      uint8_t expected[64];
      ibct::computeItem(cache().memory(), cache().programs(), numbers[i], expected);
      CHECK_EQUAL(test::hex(out[i], 64), test::hex(expected, 64));
    }
  }
}

std::vector<test::Json> vectors() {
  std::vector<test::Json> all = test::randomxVectors()["cache"]["vectors"].items();
  if (test::kSampled) all.resize(1);
  return all;
}

}  // namespace

// All that is made of one filled cache is looked at before another is filled, which takes longest.
TEST("items of the interpreter") {
  for (const auto& vector : vectors()) {
    CHECK(fill(vector["key"].bytes(), ibct::CodePath::interpreter));
    CHECK_EQUAL(std::string(cache().itemPath()), "interpreter");
    CHECK_EQUAL(std::string(cache().bulkPath()), "interpreter");
    CHECK(cache().itemCode() == nullptr);
    checkItems(vector);
    checkBulkPaths();
  }
}

#if defined(__x86_64__) || defined(__aarch64__)

TEST("items of generated code") {
  for (const auto& vector : vectors()) {
    CHECK(fill(vector["key"].bytes(), ibct::CodePath::jit));
    CHECK_EQUAL(std::string(cache().itemPath()), "jit");
    CHECK(cache().itemCode() != nullptr);
    std::printf("  bulk path: %s\n", cache().bulkPath());
    checkItems(vector);
    checkListedItems();
  }
}

// The same code on every system: not again where tests are sampled.
TEST("features that are missing take a path away and change no item") {
  if (test::kSampled) return;
  const test::Json vector = vectors().front();
  const test::Bytes key = vector["key"].bytes();
  CHECK(cache().fill(key.data(), key.size(), ibct::CodePath::jit, ibct::CpuFeatures{}, kNever));
  CHECK_EQUAL(std::string(cache().bulkPath()), "scalar");
  CHECK_EQUAL(cache().listedItems(), 0u);
  checkItems(vector);
}

#endif

TEST("a cancelled fill says so") {
  const std::atomic<bool> cancel{true};
  const uint8_t key[1] = {};
  CHECK(!cache().fill(key, sizeof key, ibct::CodePath::jit, ibct::cpuFeatures(), cancel));
}
