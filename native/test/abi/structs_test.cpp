#include "abi/structs.hpp"

#include "support/test.hpp"

namespace {

// A structure in its second version; the first one ended before `added`.
struct Grown {
  uint32_t struct_size;
  uint32_t first;
  uint32_t added;
};
constexpr size_t kAtFirst = 8;

// What a caller hands over who knows a third version.
struct Newer {
  Grown known;
  uint32_t later[2];
};

bool read(uint32_t size, uint32_t later, Grown& out) {
  const Newer newer{{size, 7, 8}, {0, later}};
  return ibct::readStruct(newer.known, kAtFirst, out);
}

TEST("what a caller of an older version does not know is 0") {
  Grown out{};
  CHECK(read(kAtFirst, 9, out));
  CHECK_EQUAL(out.first, 7u);
  CHECK_EQUAL(out.added, 0u);
}

TEST("a caller of the same version is read in full and no further") {
  Grown out{};
  CHECK(read(sizeof(Grown), 9, out));
  CHECK_EQUAL(out.added, 8u);
}

TEST("a caller of a newer version is understood as long as he asks for nothing new") {
  Grown out{};
  CHECK(read(sizeof(Newer), 0, out));
  CHECK_EQUAL(out.added, 8u);
  CHECK(!read(sizeof(Newer), 9, out));
}

TEST("a size that no version has is refused") {
  Grown out{};
  for (const uint32_t size : {0u, 4u, 0xCCCCCCCCu, UINT32_MAX}) CHECK(!read(size, 0, out));
}

TEST("no more is written than the caller knows or this version has") {
  const Grown value{12, 7, 8};
  Newer out{{1, 1, 1}, {1, 1}};
  ibct::writeStruct(value, kAtFirst, &out);
  CHECK_EQUAL(out.known.first, 7u);
  CHECK_EQUAL(out.known.added, 1u);
  ibct::writeStruct(value, sizeof out, &out);
  CHECK_EQUAL(out.known.added, 8u);
  CHECK_EQUAL(out.later[0], 1u);
}

}  // namespace
