// What leaves the library as a share, and what a check that cannot be made costs.
#include "miner/share_gate.hpp"

#include <string>

#include "support/test.hpp"

namespace {

using namespace ibct;
using namespace std::chrono_literals;
using Check = ShareGate::Check;

constexpr bool kFast = true;
constexpr bool kLight = false;

// A gate whose checks answer what a test says, at the time a test says.
struct Gate {
  Check answer = Check::agrees;
  uint64_t wrongCounter = UINT64_MAX;  // differs whatever the answer is
  unsigned checks = 0;
  ShareGate::Clock::time_point now{1h};
  std::string left;  // counters of the shares that left
  std::vector<Candidate> found;
  ShareGate gate{[this](const Candidate& candidate) {
    ++checks;
    return candidate.counter == wrongCounter ? Check::differs : answer;
  }};

  void find(uint64_t counter, bool fast, bool audit = false, bool share = true) {
    Candidate candidate;
    candidate.counter = counter;
    candidate.planNumber = 1;
    candidate.fast = fast;
    candidate.audit = audit;
    candidate.share = share;
    found.push_back(candidate);
  }
  ShareGate::Verdict judge(bool open = true) {
    return gate.judge(found, open, now, [this](const Candidate& share) {
      left += std::to_string(share.counter) + " ";
    });
  }
};

TEST("nothing leaves before the self-test has passed, and all in order then") {
  Gate gate;
  gate.find(1, kLight);
  gate.judge(false);
  gate.find(2, kLight);
  gate.judge(false);
  CHECK_EQUAL(gate.left, "");
  gate.judge();
  CHECK_EQUAL(gate.left, "1 2 ");
}

TEST("a proven path is checked once a second") {
  Gate gate;
  for (uint64_t i = 0; i < 5; ++i) gate.find(i, kLight);
  gate.judge();
  CHECK_EQUAL(gate.checks, 1u);
  gate.now += 2s;
  gate.find(5, kLight);
  gate.judge();
  CHECK_EQUAL(gate.checks, 2u);
  CHECK_EQUAL(gate.left, "0 1 2 3 4 5 ");
}

TEST("an unproven fast path is checked share by share until an audit agrees") {
  Gate gate;
  gate.find(1, kFast);
  gate.find(2, kFast);
  gate.judge();
  CHECK_EQUAL(gate.checks, 2u);
  gate.find(3, kFast, true, false);
  gate.find(4, kFast);
  gate.judge();
  CHECK_EQUAL(gate.checks, 3u);
  CHECK_EQUAL(gate.left, "1 2 4 ");
}

TEST("a wrong share is dropped and told, a wrong audit tells on the path") {
  Gate gate;
  gate.answer = Check::differs;
  gate.find(1, kFast);
  ShareGate::Verdict verdict = gate.judge();
  CHECK_EQUAL(verdict.wrongShares, 1u);
  CHECK(!verdict.fastPathWrong);
  gate.find(2, kFast, true, false);
  verdict = gate.judge();
  CHECK_EQUAL(verdict.wrongShares, 0u);
  CHECK(verdict.fastPathWrong);
  CHECK_EQUAL(gate.left, "");
}

TEST("each lane of a fast path earns its own trust, and one that is wrong tells on the path") {
  Gate gate;
  for (uint64_t lane = 0; lane < 4; ++lane) {
    gate.find(lane, kFast, true);
    gate.found.back().lane = static_cast<uint8_t>(lane);
  }
  gate.wrongCounter = 2;
  const ShareGate::Verdict verdict = gate.judge();
  CHECK_EQUAL(gate.checks, 4u);
  CHECK_EQUAL(verdict.wrongShares, 1u);
  CHECK(verdict.fastPathWrong);
  CHECK_EQUAL(gate.left, "0 1 3 ");
  gate.find(4, kFast);  // what agreed before is not trusted any more
  gate.find(5, kFast);
  gate.judge();
  CHECK_EQUAL(gate.checks, 6u);
}

TEST("a share that differs ends the trust in its path") {
  Gate gate;
  gate.find(1, kFast, true);
  gate.wrongCounter = 2;
  gate.judge();
  gate.now += 2s;
  for (uint64_t counter = 2; counter < 5; ++counter) gate.find(counter, kFast);
  gate.judge();
  CHECK_EQUAL(gate.checks, 4u);
  CHECK_EQUAL(gate.left, "1 3 4 ");
}

TEST("a check that cannot be made is tried again, and says nothing about the path") {
  Gate gate;
  gate.answer = Check::impossible;
  gate.find(1, kFast, true);
  for (int i = 0; i < 5; ++i, gate.now += 1s) {
    const ShareGate::Verdict verdict = gate.judge();
    CHECK_EQUAL(verdict.wrongShares + verdict.uncheckedShares, 0u);
    CHECK(!verdict.fastPathWrong);
  }
  CHECK_EQUAL(gate.checks, 5u);
  gate.answer = Check::agrees;
  gate.judge();
  CHECK_EQUAL(gate.left, "1 ");
  gate.find(2, kFast);  // the audit made the path a proven one
  gate.find(3, kFast);
  gate.judge();
  CHECK_EQUAL(gate.checks, 6u);
}

TEST("checks that cannot be made are not tried at every turn") {
  Gate gate;
  gate.answer = Check::impossible;
  gate.find(1, kLight);
  for (int i = 0; i < 10; ++i, gate.now += 20ms) gate.judge();
  CHECK_EQUAL(gate.checks, 1u);
}

TEST("a share of a proven path leaves unchecked rather than late") {
  Gate gate;
  gate.answer = Check::impossible;
  gate.find(1, kLight);
  for (int i = 0; i < 4; ++i, gate.now += 1s) gate.judge();
  CHECK_EQUAL(gate.left, "1 ");
}

TEST("shares of an unproven path that nothing can check are dropped and told") {
  Gate gate;
  gate.answer = Check::impossible;
  gate.find(1, kFast);
  gate.find(2, kFast);
  unsigned unchecked = 0;
  for (int i = 0; i < 60; ++i, gate.now += 1s) {
    const ShareGate::Verdict verdict = gate.judge();
    CHECK_EQUAL(verdict.wrongShares, 0u);
    unchecked += verdict.uncheckedShares;
  }
  CHECK_EQUAL(unchecked, 2u);
  CHECK_EQUAL(gate.left, "");
}

TEST("what waits for a check lets go of its key when another one comes") {
  Gate gate;
  gate.answer = Check::impossible;
  gate.find(1, kLight);
  gate.judge();
  gate.find(2, kLight);
  gate.judge(false);  // waits for the self-test, not for a check
  CHECK_EQUAL(gate.gate.dropUnchecked(), 1u);
  gate.answer = Check::agrees;
  gate.now += 1s;
  gate.judge();
  CHECK_EQUAL(gate.left, "2 ");
}

}  // namespace
