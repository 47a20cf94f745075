#include "abi/handles.hpp"

#include "support/test.hpp"

namespace {

using ibct::HandleTable;

TEST("a handle leads to its object until that is taken") {
  HandleTable<int> table('A');
  const uint64_t one = table.add(std::make_shared<int>(1));
  const uint64_t two = table.add(std::make_shared<int>(2));
  CHECK(one != 0 && two != 0 && one != two);
  CHECK_EQUAL(*table.find(one), 1);
  CHECK_EQUAL(*table.take(one), 1);
  CHECK(table.find(one) == nullptr);
  CHECK(table.take(one) == nullptr);
  CHECK_EQUAL(*table.find(two), 2);
}

TEST("a stale handle does not lead to what took its place") {
  HandleTable<int> table('A');
  const uint64_t old = table.add(std::make_shared<int>(1));
  table.take(old);
  const uint64_t young = table.add(std::make_shared<int>(2));
  CHECK_EQUAL(young & 0xFFFFFFFF, old & 0xFFFFFFFF);
  CHECK(table.find(old) == nullptr);
  CHECK_EQUAL(*table.find(young), 2);
}

TEST("a place is left alone after its last generation") {
  HandleTable<int, 2> table('A');
  std::vector<uint64_t> handles;
  for (int i = 0; i < 3; ++i) {
    handles.push_back(table.add(std::make_shared<int>(i)));
    if (i < 2) table.take(handles.back());
  }
  CHECK_EQUAL(handles[2] & 0xFFFFFFFF, 1u);
  CHECK(table.find(handles[0]) == nullptr && table.find(handles[1]) == nullptr);
}

TEST("handles of another kind, and numbers that nobody gave out, are refused") {
  HandleTable<int> table('A');
  HandleTable<int> other('B');
  const uint64_t handle = table.add(std::make_shared<int>(1));
  other.add(std::make_shared<int>(2));
  CHECK(other.find(handle) == nullptr);
  for (const uint64_t wrong : {uint64_t{0}, handle + 1, handle + (uint64_t{1} << 32), UINT64_MAX})
    CHECK(table.find(wrong) == nullptr);
}

TEST("an object in use outlives its handle") {
  HandleTable<int> table('A');
  const uint64_t handle = table.add(std::make_shared<int>(1));
  const std::shared_ptr<int> used = table.find(handle);
  table.take(handle);
  CHECK_EQUAL(*used, 1);
}

}  // namespace
