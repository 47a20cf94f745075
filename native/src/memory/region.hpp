// A big, page-aligned, zeroed mapping that knows which page size it really got.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "placement.hpp"

namespace ibct {

// ordinary: transparent pages where they are given, else small ones; what a user reserved stays for
// what is read most.
enum class PagePolicy : uint8_t { automatic, huge1g, huge2m, transparent, small, ordinary };
enum class PageKind : uint8_t { none, huge1g, huge2m, transparent, small };

inline const std::atomic<bool> kNeverCancelled{false};

// Owns one mapping; movable, unmapped on destruction. Kept out of core dumps and forks.
class Region {
 public:
  Region() = default;
  // Tries 1 GiB hugetlb, 2 MiB hugetlb, THP, then 4 KiB pages; an explicit policy never falls back.
  // 1 GiB pages are for regions of at least that size: smaller ones take 2 MiB pages under
  // `huge1g`, and fail if there are none. An empty region (data() == nullptr) means that it could
  // not be had, or that `cancel` became true. Takes as long as zeroing the memory does.
  static Region allocate(size_t bytes, PagePolicy policy,
                         const std::atomic<bool>& cancel = kNeverCancelled,
                         const Placement& placement = {});

  Region(Region&& other) noexcept;
  Region& operator=(Region&& other) noexcept;
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;
  ~Region();

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }  // as asked for
  PageKind pages() const { return pages_; }
  explicit operator bool() const { return data_ != nullptr; }

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  void* reserved_ = nullptr;
  size_t reservedBytes_ = 0;
  PageKind pages_ = PageKind::none;
};

}  // namespace ibct
