// What callers hold instead of pointers: numbers that are refused once their object is gone.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace ibct {

// A handle has its kind in bits 56 to 63, its generation in bits 32 to 55 and its place below. A
// place is used again with the next generation, and never after the last.
template <typename Object, uint64_t kLastGeneration = 0xFFFFFF>
class HandleTable {
 public:
  explicit HandleTable(uint8_t kind) : kind_(uint64_t{kind} << 56) {}

  uint64_t add(std::shared_ptr<Object> object) {
    const std::lock_guard lock(mutex_);
    size_t place = 0;
    while (place < slots_.size() &&
           (slots_[place].object != nullptr || slots_[place].generation == kLastGeneration))
      ++place;
    if (place == slots_.size()) slots_.emplace_back();
    Slot& slot = slots_[place];
    ++slot.generation;
    slot.object = std::move(object);
    return kind_ | slot.generation << 32 | place;
  }

  // nullptr when the object is gone or never was. A call keeps it alive while it uses it.
  std::shared_ptr<Object> find(uint64_t handle) {
    const std::lock_guard lock(mutex_);
    Slot* const slot = slotOf(handle);
    return slot != nullptr ? slot->object : nullptr;
  }

  // Of callers that take one object away, one gets it.
  std::shared_ptr<Object> take(uint64_t handle) {
    const std::lock_guard lock(mutex_);
    Slot* const slot = slotOf(handle);
    return slot != nullptr ? std::move(slot->object) : nullptr;
  }

 private:
  struct Slot {
    uint64_t generation = 0;
    std::shared_ptr<Object> object;
  };

  Slot* slotOf(uint64_t handle) {
    const uint64_t place = handle & 0xFFFFFFFF;
    if (place >= slots_.size()) return nullptr;
    Slot& slot = slots_[place];
    return handle == (kind_ | slot.generation << 32 | place) ? &slot : nullptr;
  }

  const uint64_t kind_;
  std::mutex mutex_;
  std::vector<Slot> slots_;
};

}  // namespace ibct
