// How often a next key is begun.
#include "miner/next_key.hpp"

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

}  // namespace
