// Events wait for a poll, oldest first; when nobody polls, shares are kept longest and every loss
// is counted.
#include "miner/event_ring.hpp"

#include <vector>

#include "support/test.hpp"

namespace {

using namespace ibct;

constexpr size_t kMany = 5000;

rxn_event share(uint64_t jobNumber) {
  rxn_event event{};
  event.type = RXN_EVENT_SHARE;
  event.job_number = jobNumber;
  return event;
}

std::vector<rxn_event> takeAll(EventRing& ring) {
  std::vector<rxn_event> events(kMany);
  events.resize(ring.take(reinterpret_cast<uint8_t*>(events.data()), events.size()));
  return events;
}

TEST("events come out in their order, as many as fit") {
  EventRing ring;
  for (uint64_t i = 0; i < 3; ++i) ring.push(share(i));
  rxn_event two[2];
  CHECK_EQUAL(ring.take(reinterpret_cast<uint8_t*>(two), 2), 2u);
  CHECK_EQUAL(two[0].job_number, 0u);
  CHECK_EQUAL(two[1].job_number, 1u);
  CHECK_EQUAL(takeAll(ring).size(), 1u);
  CHECK_EQUAL(ring.dropped(), 0u);
}

TEST("the oldest share goes when there are only shares") {
  EventRing ring;
  for (uint64_t i = 0; i < kMany; ++i) ring.push(share(i));
  const std::vector<rxn_event> events = takeAll(ring);
  CHECK_EQUAL(events.size() + ring.dropped(), kMany);
  CHECK_EQUAL(events.front().job_number, ring.dropped());
  CHECK_EQUAL(events.back().job_number, uint64_t{kMany - 1});
}

TEST("errors give way to shares") {
  EventRing ring;
  ring.push(share(7));
  for (size_t i = 0; i < kMany; ++i) ring.push(errorEvent(RXN_OUT_OF_MEMORY, "no memory"));
  ring.push(share(8));
  const std::vector<rxn_event> events = takeAll(ring);
  CHECK_EQUAL(events.front().job_number, 7u);
  CHECK_EQUAL(events.back().job_number, 8u);
}

TEST("a long message is cut, and ends") {
  const rxn_event event = errorEvent(RXN_OUT_OF_MEMORY, std::string(1000, 'x').c_str());
  CHECK_EQUAL(std::strlen(event.message), size_t{RXN_MESSAGE_BYTES - 1});
}

}  // namespace
