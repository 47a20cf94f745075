// Vectors of a thousand hashes, about half a minute each in light mode.
#include "primitives/bytes.hpp"
#include "support/cache.hpp"
#include "support/hashing.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using test::Json;
using test::OwnedHasher;

template <typename Check>
void checkKind(const char* kind, unsigned lanes, Check check) {
  unsigned found = 0;
  for (const Json& vector : test::randomxVectors()["hash"]["vectors"].items()) {
    if (vector["kind"].text() != kind || vector["count"].number() < 1000) continue;
    ++found;
    OwnedHasher hasher(CodePath::jit, lanes);
    hasher->useCache(test::cacheOf(vector["key"].bytes()),
                     vector["algo"].text() == "rx/0" ? Version::v1 : Version::v2);
    CHECK_EQUAL(check(*hasher, vector), vector["expected"].text());
  }
  CHECK_EQUAL(found, 2u);
}

}  // namespace

TEST("h = hash(h), a thousand times") {
  checkKind("chain", 1, [](Hasher& hasher, const Json& vector) {
    test::Bytes h = vector["input"].bytes();
    for (uint64_t i = 0; i < vector["count"].number(); ++i)
      h = test::unhex(test::hashAll(hasher, {h}).front());
    return test::hex(h);
  });
}

TEST("the XOR of a thousand nonces' hashes, three lanes") {
  checkKind("xor", 3, [](Hasher& hasher, const Json& vector) {
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
