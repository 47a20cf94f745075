// What the self-test looks at: every lane, and more turns than one.
#include "miner/self_test.hpp"

#include <cstring>

#include "support/test.hpp"

namespace {

using namespace ibct;

constexpr unsigned kNone = UINT32_MAX;

// All its hashes are zeroes, but for one lane's in one turn.
class FaultyHasher final : public Hasher {
 public:
  FaultyHasher(unsigned lanes, unsigned wrongLane, unsigned wrongTurn)
      : lanes_(lanes), wrongLane_(wrongLane), wrongTurn_(wrongTurn) {}
  void useCache(const Cache&, Version) override {}
  void useDataset(const uint8_t*, Version) override {}
  void first(const Input*) override {}
  void next(const Input*, uint8_t (*out)[32]) override { last(out); }
  void last(uint8_t (*out)[32]) override {
    std::memset(out, 0, lanes_ * size_t{32});
    if (turn_++ == wrongTurn_) out[wrongLane_][31] = 1;
  }
  unsigned lanes() const override { return lanes_; }
  const char* programPath() const override { return ""; }
  const char* aesPath() const override { return ""; }

 private:
  const unsigned lanes_;
  const unsigned wrongLane_;
  const unsigned wrongTurn_;
  unsigned turn_ = 0;
};

bool passes(unsigned lanes, unsigned wrongLane, unsigned wrongTurn) {
  const uint8_t zeroes[32] = {};
  FaultyHasher hasher(lanes, wrongLane, wrongTurn);
  return everyLaneHashes(hasher, {zeroes, sizeof zeroes}, zeroes);
}

TEST("every lane is looked at, in a first turn and in a next one") {
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
    CHECK(passes(lanes, 0, kNone));
    for (unsigned lane = 0; lane < lanes; ++lane) {
      CHECK(!passes(lanes, lane, 0));
      if (lanes > 1) CHECK(!passes(lanes, lane, 1));
    }
  }
}

TEST("both families pass on this machine") {
  for (const auto family : {SelfTest::Family::randomx, SelfTest::Family::cryptonight}) {
    const SelfTest selfTest(family, CodePath::jit, false, kNeverCancelled);
    CHECK(selfTest.state() == SelfTest::State::passed);
    CHECK_EQUAL(selfTest.status(), RXN_OK);
  }
}

}  // namespace
