#include "primitives/blake2b.hpp"
#include "primitives/bytes.hpp"
#include "primitives/reciprocal.hpp"
#include "superscalar/blake_generator.hpp"
#include "superscalar/program.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

std::string digest256(const void* in, size_t bytes) {
  uint8_t out[32];
  ibct::blake2b(out, sizeof out, in, bytes);
  return test::hex(out, sizeof out);
}

std::string digest(const ibct::SuperscalarProgram& program) {
  return digest256(program.code.data(), program.size * sizeof program.code[0]);
}

}  // namespace

TEST("BlakeGenerator draws bytes and words") {
  const auto& vector = test::randomxVectors()["blake2b"]["vectors"]["blake2_generator"];
  const std::string key = vector["key_ascii"].text();
  const uint8_t* keyBytes = reinterpret_cast<const uint8_t*>(key.data());

  ibct::BlakeGenerator bytes(keyBytes, key.size());
  test::Bytes drawn(192);
  for (uint8_t& byte : drawn) byte = bytes.byte();
  CHECK_EQUAL(test::hex(drawn), vector["first_192_bytes_by_getByte"].text());

  ibct::BlakeGenerator mixed(keyBytes, key.size());
  for (int i = 0; i < 61; ++i) mixed.byte();
  const auto& values = vector["mixed_values"];
  CHECK_EQUAL(mixed.word(), values.at(0).number());
  CHECK_EQUAL(mixed.byte(), values.at(1).number());
  CHECK_EQUAL(mixed.word(), values.at(2).number());
}

TEST("reciprocals") {
  for (const auto& vector : test::randomxVectors()["reciprocal"]["vectors"].items())
    CHECK_EQUAL(ibct::reciprocal(static_cast<uint32_t>(vector["divisor"].number())),
                vector["reciprocal"].number());
  for (const uint32_t divisor : {0u, 1u, 2u, 1024u, 0x80000000u})
    CHECK(ibct::isZeroOrPowerOfTwo(divisor));
  CHECK(!ibct::isZeroOrPowerOfTwo(3) && !ibct::isZeroOrPowerOfTwo(0xffffffff));
}

TEST("programs of a key, and what they do to registers") {
  const auto& vectors = test::randomxVectors()["superscalar"]["vectors"];
  CHECK_EQUAL(vectors.size(), 4u);
  for (const auto& vector : vectors.items()) {
    const test::Bytes key = vector["key"].bytes();
    ibct::BlakeGenerator source(key.data(), key.size());
    for (const auto& expected : vector["programs"].items()) {
      const ibct::SuperscalarProgram program = ibct::generateSuperscalar(source);
      CHECK_EQUAL(program.size, expected["size"].number());
      CHECK_EQUAL(digest(program), expected["blake2b256"].text());
      CHECK_EQUAL(unsigned{program.addressRegister}, expected["address_register"].number());

      uint64_t r[8];
      for (unsigned j = 0; j < 8; ++j) r[j] = 0x0123456789abcdef * (j + 1);
      ibct::runSuperscalar(program, r);
      CHECK_EQUAL(test::hex(r, sizeof r),
                  expected["exec_on_r_j_equals_0x0123456789abcdef_times_j_plus_1"].text());
    }
  }
}

TEST("8000 programs of 1000 keys") {
  const auto& bulk = test::randomxVectors()["superscalar"]["bulk"];
  std::string digests;
  uint32_t smallest = 512;
  uint32_t greatest = 0;
  for (uint32_t i = 0; i < 1000; ++i) {
    uint8_t key[4];
    ibct::store32(key, i);
    ibct::BlakeGenerator source(key, sizeof key);
    for (int k = 0; k < 8; ++k) {
      const ibct::SuperscalarProgram program = ibct::generateSuperscalar(source);
      digests += digest(program);
      digests += static_cast<char>('0' + program.addressRegister);
      smallest = std::min(smallest, program.size);
      greatest = std::max(greatest, program.size);
    }
  }
  CHECK_EQUAL(digest256(digests.data(), digests.size()), bulk["digest"].text());
  CHECK_EQUAL(smallest, bulk["min_size"].number());
  CHECK_EQUAL(greatest, bulk["max_size"].number());
}
