#include "support/json.hpp"

namespace test {

std::string vectorsFolder() { return TEST_VECTORS; }

const Json& randomxVectors() {
  static const Json vectors = Json::load(TEST_VECTORS "/randomx.json");
  return vectors;
}

const Json& cryptonightVectors() {
  static const Json vectors = Json::load(TEST_VECTORS "/cryptonight.json");
  return vectors;
}

}  // namespace test
