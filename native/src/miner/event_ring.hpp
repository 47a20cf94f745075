// What the miner has to tell, bounded: when nobody polls, the oldest error or key event goes first,
// then the oldest share.
#pragma once

#include <randomx_native.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "job.hpp"

namespace ibct {

// Takes its memory when it is made: what went wrong can be told when there is none.
class EventRing {
 public:
  EventRing() { events_.reserve(kCapacity); }

  void push(const rxn_event& event) {
    if (events_.size() == kCapacity) {
      const auto expendable =
          std::find_if(events_.begin(), events_.end(),
                       [](const rxn_event& old) { return old.type != RXN_EVENT_SHARE; });
      events_.erase(expendable == events_.end() ? events_.begin() : expendable);
      ++dropped_;
    }
    events_.push_back(event);
  }

  // Takes up to `most` events, oldest first, into a buffer of any alignment.
  uint32_t take(uint8_t* out, size_t most) {
    const size_t count = std::min(most, events_.size());
    if (count == 0) return 0;
    std::memcpy(out, events_.data(), count * sizeof(rxn_event));
    events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(count));
    return static_cast<uint32_t>(count);
  }

  bool empty() const { return events_.empty(); }
  uint64_t dropped() const { return dropped_; }

 private:
  static constexpr size_t kCapacity = 4096;
  std::vector<rxn_event> events_;  // oldest first
  uint64_t dropped_ = 0;
};

inline rxn_event errorEvent(rxn_status status, const char* message) {
  rxn_event event{};
  event.type = RXN_EVENT_ERROR;
  event.status = status;
  std::memcpy(event.message, message, std::min(std::strlen(message), sizeof event.message - 1));
  return event;
}

inline rxn_event keyReadyEvent(const Key& key, bool fast) {
  rxn_event event{};
  event.type = RXN_EVENT_KEY_READY;
  event.mode = fast ? RXN_MODE_FAST : RXN_MODE_LIGHT;
  event.key_bytes = key.size;
  std::memcpy(event.key, key.bytes, key.size);
  return event;
}

}  // namespace ibct
