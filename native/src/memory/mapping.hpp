// What the operating system is asked for: one mapping of one kind of pages. Region builds its
// cascade on it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "placement.hpp"
#include "region.hpp"

namespace ibct {

constexpr size_t kSmallPageBytes = size_t{4} << 10;
constexpr size_t kHuge2mBytes = size_t{2} << 20;
constexpr size_t kHuge1gBytes = size_t{1} << 30;

// data == nullptr: not to be had, or cancelled. `reserved` and `reservedBytes` are what has to be
// given back.
struct Mapping {
  uint8_t* data = nullptr;
  void* reserved = nullptr;
  size_t reservedBytes = 0;
  PageKind pages = PageKind::none;
};

// Maps zeroed memory that is really there (populated by several threads), kept out of core dumps
// and forks. Asked for `transparent` the mapping may come back as `small`: then the system gave no
// huge pages for most of it.
Mapping mapPages(size_t bytes, PageKind kind, const Placement& placement,
                 const std::atomic<bool>& cancel);
void unmapPages(const Mapping& mapping);

// Makes huge pages of fresh memory (whole ones of 2 MiB, at such an address) at once, also where
// the system makes none by itself. False: refused for all or some of it, which stays as usable as
// it was.
bool collapsePages(uint8_t* data, size_t bytes);

// How many bytes of a region's own memory lie in transparent huge pages; 0 where nobody tells.
size_t transparentBytes(const uint8_t* data, size_t bytes);

}  // namespace ibct
