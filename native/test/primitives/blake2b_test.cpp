#include "primitives/blake2b.hpp"

#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

std::string digest(size_t length, const test::Bytes& input) {
  test::Bytes out(length);
  ibct::blake2b(out.data(), length, input.data(), input.size());
  return test::hex(out);
}

test::Bytes ascii(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

TEST("Blake2b-512 and -256 of short inputs") {
  const auto& vectors = test::randomxVectors()["blake2b"]["vectors"];
  for (const auto& vector : vectors["blake2b_512"].items())
    CHECK_EQUAL(digest(64, ascii(vector["input_ascii"].text())), vector["digest"].text());
  for (const auto& vector : vectors["blake2b_256"].items())
    CHECK_EQUAL(digest(32, ascii(vector["input_ascii"].text())), vector["digest"].text());
  CHECK(vectors["blake2b_512"].size() == 7 && vectors["blake2b_256"].size() == 3);
}

TEST("Blake2b around block borders") {
  const auto& vectors = test::randomxVectors()["blake2b"]["vectors"]["blake2b_multi_block"];
  CHECK_EQUAL(vectors.size(), 7u);
  for (const auto& vector : vectors.items()) {
    test::Bytes input(vector["length"].number());
    for (size_t i = 0; i < input.size(); ++i) input[i] = static_cast<uint8_t>(i);
    CHECK_EQUAL(digest(64, input), vector["digest512"].text());
    CHECK_EQUAL(digest(32, input), vector["digest256"].text());
  }
}
