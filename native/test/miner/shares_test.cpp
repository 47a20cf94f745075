// A whole miner in light mode through the C ABI, from its first job to shares: what every processor
// has to get right with code of its own.
#include <vector>

#include "support/hex.hpp"
#include "support/test.hpp"
#include "support/test_miner.hpp"

namespace {

using namespace test;

TEST("shares are right and their nonces ascend") {
  TestMiner miner;
  const rxn_job job = TestMiner::jobOf(1, "test key 000");
  const uint64_t number = miner.set(job);
  const std::vector<rxn_event> shares = miner.shares(3);
  for (uint8_t i = 0; i < 3; ++i) {
    CHECK_EQUAL(shares[i].job_number, number);
    CHECK_EQUAL(int{shares[i].nonce[0]}, int{i});
  }
  CHECK_EQUAL(test::hex(shares[0].result, 32), singleHash(job, shares[0]));
}

}  // namespace
