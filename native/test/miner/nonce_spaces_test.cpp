// Nonces ascend from 0 for each blob, and no blob sees one twice.
#include "miner/nonce_spaces.hpp"

#include <thread>
#include <vector>

#include "miner/job_slot.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

Job jobOf(uint8_t content) {
  Job job;
  job.blobBytes = 76;
  job.nonceOffset = 39;
  job.blob[0] = content;
  return job;
}

TEST("another target goes on where it was") {
  NonceSpaces spaces;
  Job job = jobOf(1);
  job.nonceSpace = spaces.spaceOf(job);
  CHECK_EQUAL(spaces.take(job, 3), 0u);
  Job easier = job;
  easier.target = 99;
  easier.blob[39] = 77;  // nonce bytes are not part of what makes a blob
  easier.nonceSpace = spaces.spaceOf(easier);
  CHECK_EQUAL(spaces.take(easier, 1), 3u);
}

TEST("another blob starts at zero and the old one is remembered") {
  NonceSpaces spaces;
  Job first = jobOf(1);
  first.nonceSpace = spaces.spaceOf(first);
  spaces.take(first, 5);
  Job second = jobOf(2);
  second.nonceSpace = spaces.spaceOf(second);
  CHECK_EQUAL(spaces.take(second, 1), 0u);
  first.nonceSpace = spaces.spaceOf(first);
  CHECK_EQUAL(spaces.take(first, 1), 5u);
}

TEST("a blob that is being hashed keeps its space, however many others come") {
  NonceSpaces spaces;
  Job hashed = jobOf(0);
  hashed.nonceSpace = spaces.spaceOf(hashed);
  for (uint8_t other = 1; other <= 200; ++other) {
    CHECK_EQUAL(spaces.take(hashed, 1), uint64_t{other} - 1);
    CHECK(spaces.spaceOf(jobOf(other)) != hashed.nonceSpace);
  }
}

TEST("all that ask for the process's spaces have the same, from any thread") {
  Job job = jobOf(3);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([job]() mutable {
      for (int round = 0; round < 1000; ++round) {
        job.nonceSpace = NonceSpaces::ofProcess().spaceOf(job);
        NonceSpaces::ofProcess().take(job, 2);
      }
    });
  for (std::thread& thread : threads) thread.join();
  job.nonceSpace = NonceSpaces::ofProcess().spaceOf(job);
  CHECK_EQUAL(NonceSpaces::ofProcess().take(job, 1), 4000u);
}

TEST("a reserved byte is part of the blob and stays") {
  NonceSpaces spaces;
  Job job = jobOf(1);
  job.reservedNonceBytes = 1;
  job.blob[42] = 0x40;
  job.nonceSpace = spaces.spaceOf(job);
  spaces.take(job, 1);
  Job other = job;
  other.blob[42] = 0x41;
  other.nonceSpace = spaces.spaceOf(other);
  CHECK_EQUAL(spaces.take(other, 1), 0u);

  uint8_t blob[RXN_BLOB_BYTES];
  job.writeBlob(0xffffff, blob);
  CHECK_EQUAL(int{blob[39]}, 0xff);
  CHECK_EQUAL(int{blob[41]}, 0xff);
  CHECK_EQUAL(int{blob[42]}, 0x40);
  CHECK_EQUAL(job.nonceCount(), uint64_t{1} << 24);
}

TEST("the space ends") {
  NonceSpaces spaces;
  Job job = jobOf(1);
  job.reservedNonceBytes = 3;
  job.nonceSpace = spaces.spaceOf(job);
  CHECK_EQUAL(job.nonceCount(), 256u);
  CHECK_EQUAL(spaces.take(job, 255), 0u);
  CHECK(!spaces.exhausted(job));
  CHECK_EQUAL(spaces.take(job, 1), 255u);
  CHECK(spaces.exhausted(job));
}

TEST("the slot shows the newest job once") {
  JobSlot slot;
  uint64_t seen = 0;
  Job job;
  CHECK(!slot.readIfNewer(seen, job));
  Job written = jobOf(1);
  written.number = 1;
  slot.write(written);
  written.number = 2;
  slot.write(written);
  CHECK(slot.readIfNewer(seen, job));
  CHECK_EQUAL(job.number, 2u);
  CHECK(!slot.readIfNewer(seen, job));
}

TEST("a target is compared with the last eight bytes") {
  uint8_t result[32] = {};
  result[24] = 2;
  result[31] = 1;
  const uint64_t value = (uint64_t{1} << 56) + 2;
  CHECK(!meetsTarget(result, value));
  CHECK(meetsTarget(result, value + 1));
}

}  // namespace
