// The hash vectors in light mode on every path. The vectors that take a thousand hashes are in
// hash_fast_test.cpp.
#include <algorithm>

#include "primitives/bytes.hpp"
#include "support/cache.hpp"
#include "support/hashing.hpp"
#include "support/json.hpp"
#include "support/repeating_dataset.hpp"
#include "support/test.hpp"
#include "vm/rounding.hpp"

namespace {

using namespace ibct;
using test::Json;
using test::OwnedHasher;

Version versionOf(const Json& vector) {
  return vector["algo"].text() == "rx/0" ? Version::v1 : Version::v2;
}

// Vectors of one key.
struct Group {
  test::Bytes key;
  std::vector<const Json*> vectors;
};

std::vector<Group> groups() {
  std::vector<Group> all;
  for (const Json& vector : test::randomxVectors()["hash"]["vectors"].items()) {
    if (vector["kind"].text() != "hash") continue;
    const test::Bytes key = vector["key"].bytes();
    auto group =
        std::find_if(all.begin(), all.end(), [&](const Group& known) { return known.key == key; });
    if (group == all.end()) group = all.insert(all.end(), {key, {}});
    group->vectors.push_back(&vector);
  }
  return all;
}

void checkVectors(OwnedHasher& hasher, const Group& group, Version version) {
  std::vector<const Json*> vectors;
  std::vector<test::Bytes> inputs;
  for (const Json* vector : group.vectors) {
    if (versionOf(*vector) != version) continue;
    if (test::kSampled && vectors.size() == 2) break;
    vectors.push_back(vector);
    inputs.push_back((*vector)["input"].bytes());
  }
  CHECK(!vectors.empty());
  hasher->useCache(test::cacheOf(group.key), version);
  const auto hashes = test::hashAll(*hasher, inputs);
  for (size_t i = 0; i < hashes.size(); ++i) {
    const int before = test::failures();
    CHECK_EQUAL(hashes[i], (*vectors[i])["expected"].text());
    if (test::failures() != before)
      std::printf("  in %s, %s, %u lanes\n", (*vectors[i])["name"].text().c_str(),
                  hasher->programPath(), hasher->lanes());
  }
}

// h = input; `count` times h = hash(h).
void checkChain(OwnedHasher& hasher, const Json& vector) {
  hasher->useCache(test::cacheOf(vector["key"].bytes()), versionOf(vector));
  test::Bytes h = vector["input"].bytes();
  for (uint64_t i = 0; i < vector["count"].number(); ++i)
    h = test::unhex(test::hashAll(*hasher, {h}).front());
  CHECK_EQUAL(test::hex(h), vector["expected"].text());
}

const Json& vectorNamed(const char* name) {
  for (const Json& vector : test::randomxVectors()["hash"]["vectors"].items())
    if (vector["name"].text() == name) return vector;
  throw std::runtime_error("no such vector");
}

std::vector<OwnedHasher> everyPath() {
  std::vector<OwnedHasher> paths;
  paths.emplace_back(CodePath::interpreter, 1u);
  paths.emplace_back(CodePath::interpreter, 2u);
#if defined(__x86_64__) || defined(__aarch64__)
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) paths.emplace_back(CodePath::jit, lanes);
  paths.emplace_back(CodePath::jit, 2u, CpuFeatures{});
#endif
  return paths;
}

// Every path; a third of them where it is sampled.
std::vector<OwnedHasher> somePaths() {
  auto paths = everyPath();
  if (!test::kSampled) return paths;
  std::vector<OwnedHasher> some;
  for (size_t i = 0; i < paths.size(); i += 3) some.push_back(std::move(paths[i]));
  return some;
}

// A quarter of the keys, so that four processes can share the work. Sampled, a single key, whose
// cache takes longer to fill than a vector to hash, on a quarter of the paths.
void checkKeys(size_t quarter) {
  const auto all = groups();
  auto paths = everyPath();
  for (size_t key = quarter; key < (test::kSampled ? 4 : all.size()); key += 4)
    for (size_t path = test::kSampled ? quarter : 0; path < paths.size();
         path += test::kSampled ? 4 : 1)
      for (const Version version : {Version::v1, Version::v2})
        checkVectors(paths[path], all[key], version);
}

}  // namespace

TEST("hashes of both versions, light mode, every path, first keys") { checkKeys(0); }
TEST("hashes of both versions, light mode, every path, second keys") { checkKeys(1); }
TEST("hashes of both versions, light mode, every path, third keys") { checkKeys(2); }
TEST("hashes of both versions, light mode, every path, fourth keys") { checkKeys(3); }

TEST("every vector is of one of the groups") {
  size_t count = 0;
  for (const Group& group : groups()) count += group.vectors.size();
  CHECK_EQUAL(count, 68u);
}

TEST("hashes from a made-up dataset are the interpreter's on every path") {
  const test::RepeatingDataset dataset;
  const std::vector<test::Bytes> inputs = {{1}, {2}, {3}};
  auto paths = everyPath();
  for (const Version version : {Version::v1, Version::v2}) {
    std::vector<std::string> expected;
    for (OwnedHasher& path : paths) {
      path->useDataset(dataset.data(), version);
      const auto hashes = test::hashAll(*path, inputs);
      if (expected.empty()) expected = hashes;
      CHECK(hashes == expected);
    }
  }
}

TEST("chains of hashes") {
  for (const char* name : {"chain5_seedA_v1", "chain5_seedA_v2"})
    for (OwnedHasher& path : somePaths()) checkChain(path, vectorNamed(name));
}

TEST("programs on a cache without generated code") {
  const Json& vector = vectorNamed("official_a_v1");
  for (OwnedHasher& path : somePaths()) {
    path->useCache(test::cacheOf(vector["key"].bytes(), CodePath::interpreter), Version::v1);
    CHECK_EQUAL(test::hashAll(*path, {vector["input"].bytes()}).front(), vector["expected"].text());
  }
}

TEST("one hasher switched between the versions") {
  const Json& v1 = vectorNamed("official_a_v1");
  const Json& v2 = vectorNamed("official_a_v2");
  const Cache& cache = test::cacheOf(v1["key"].bytes());
  for (OwnedHasher& path : somePaths())
    for (const Json* vector : {&v1, &v2, &v1}) {
      path->useCache(cache, versionOf(*vector));
      CHECK_EQUAL(test::hashAll(*path, {(*vector)["input"].bytes()}).front(),
                  (*vector)["expected"].text());
    }
}

TEST("hashing gives back the caller's rounding mode") {
  const Json& vector = vectorNamed("official_a_v1");
  for (OwnedHasher& path : somePaths()) {
    path->useCache(test::cacheOf(vector["key"].bytes()), Version::v1);
    const FloatEnvironment saved;
    setRounding(2);
    volatile double one = 1;
    const double before = one / 3;
    test::hashAll(*path, {vector["input"].bytes()});
    CHECK_EQUAL(one / 3, before);
    setRounding(0);
    CHECK(one / 3 != before);
  }
}

TEST("commitments") {
  const auto& vectors = test::randomxVectors()["commitment"]["vectors"].items();
  CHECK_EQUAL(vectors.size(), 6u);
  for (const Json& vector : vectors) {
    const test::Bytes input = vector["input"].bytes();
    uint8_t out[32];
    commitment({input.data(), input.size()}, vector["hash"].bytes().data(), out);
    CHECK_EQUAL(test::hex(out, 32), vector["expected"].text());
  }
}

TEST("a hasher has one to four lanes") {
  alignas(64) uint8_t none[64];
  for (const unsigned lanes : {0u, 5u})
    CHECK(Hasher::create({CodePath::interpreter, cpuFeatures(), lanes}, none) == nullptr);
}
