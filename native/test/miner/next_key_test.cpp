// How often a next key is begun, and whether it gets a dataset ahead.
#include "miner/next_key_preparation.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using namespace std::chrono_literals;

TEST("at most one a minute") {
  NextKeyPace pace;
  const NextKeyPace::Clock::time_point start{1h};
  CHECK(pace.mayBegin(start));
  CHECK(!pace.mayBegin(start + 1s));
  CHECK(!pace.mayBegin(start + 59s));
  CHECK(pace.mayBegin(start + 60s));
  CHECK(!pace.mayBegin(start + 61s));
}

constexpr uint64_t kGibibyte = uint64_t{1} << 30;

TEST("a second dataset is of the first one's pages, where others do not miss the memory") {
  MemoryReport memory;
  memory.availableBytes = 3 * kGibibyte;
  CHECK(!pagesOfSecondDataset(PageKind::small, memory));
  CHECK(!pagesOfSecondDataset(PageKind::huge2m, memory));
  memory.huge2mFreeBytes = 3 * kGibibyte;
  CHECK(pagesOfSecondDataset(PageKind::huge2m, memory) == PagePolicy::huge2m);
  memory.availableBytes = 8 * kGibibyte;
  CHECK(pagesOfSecondDataset(PageKind::small, memory) == PagePolicy::small);
  CHECK(pagesOfSecondDataset(PageKind::transparent, memory) == PagePolicy::transparent);
  memory.huge2mFreeBytes = kGibibyte;
  CHECK(!pagesOfSecondDataset(PageKind::huge2m, memory));
}

TEST("where huge pages are not reserved, they are of what is available") {
  MemoryReport memory;
  memory.hugePagesReserved = false;
  memory.availableBytes = 8 * kGibibyte;
  CHECK(pagesOfSecondDataset(PageKind::huge2m, memory) == PagePolicy::huge2m);
  memory.availableBytes = 4 * kGibibyte;
  CHECK(!pagesOfSecondDataset(PageKind::huge2m, memory));
#if defined(_WIN32)
  CHECK(!memoryReport().hugePagesReserved);
#endif
}

}  // namespace
