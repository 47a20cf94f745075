// What a function has to give back and compilers seldom use: a mistake shows late.
#include <array>

#include "jit/duel.hpp"
#include "support/repeating_dataset.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

using Eight = std::array<uint64_t, 8>;

// What is in d8 to d15 after the function when `before` was in them.
Eight lowerHalvesAfter(const Eight& before, void (*function)()) {
  Eight after{};
  asm volatile(
      "ldp d8, d9, [%0]\n\tldp d10, d11, [%0, #16]\n\t"
      "ldp d12, d13, [%0, #32]\n\tldp d14, d15, [%0, #48]\n\t"
      "blr %2\n\t"
      "stp d8, d9, [%1]\n\tstp d10, d11, [%1, #16]\n\t"
      "stp d12, d13, [%1, #32]\n\tstp d14, d15, [%1, #48]"
      :
      : "r"(before.data()), "r"(after.data()), "r"(function)
      : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
        "x14", "x15", "x16", "x17", "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8",
        "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21",
        "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31", "cc", "memory");
  return after;
}

void runPair() {
  static const test::RepeatingDataset dataset;
  static test::Random random;
  static test::Duel duel(random, 2);
  const auto write = [](uint8_t* bytes) {
    for (size_t i = 0; i < programBytes(Version::v1); i += 8) store64(bytes + i, random());
  };
  CHECK(duel.round(Version::v1, 1, {dataset.data(), nullptr}, write));
}

}  // namespace

TEST("programs give back the vector registers that a function keeps") {
  const Eight before = {1, 2, 3, 4, 5, 6, 7, 8};
  CHECK(lowerHalvesAfter(before, runPair) == before);
}
