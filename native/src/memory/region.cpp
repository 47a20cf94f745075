#include "region.hpp"

#include <utility>

#include "mapping.hpp"

namespace ibct {
namespace {

bool isTried(PagePolicy policy, PageKind kind, size_t bytes) {
  const bool big = bytes >= kHuge1gBytes;
  switch (policy) {
    case PagePolicy::automatic:
      return kind != PageKind::huge1g || big;
    case PagePolicy::huge1g:
      return kind == (big ? PageKind::huge1g : PageKind::huge2m);
    case PagePolicy::huge2m:
      return kind == PageKind::huge2m;
    case PagePolicy::transparent:
      return kind == PageKind::transparent;
    case PagePolicy::small:
      return kind == PageKind::small;
    case PagePolicy::ordinary:
      return kind == PageKind::transparent || kind == PageKind::small;
  }
  return false;
}

}  // namespace

Region Region::allocate(size_t bytes, PagePolicy policy, const std::atomic<bool>& cancel,
                        const Placement& placement) {
  constexpr PageKind cascade[] = {PageKind::huge1g, PageKind::huge2m, PageKind::transparent,
                                  PageKind::small};
  Region region;
  if (bytes == 0) return region;
  const bool mayFallBack = policy == PagePolicy::automatic || policy == PagePolicy::ordinary;
  for (const PageKind kind : cascade) {
    if (!isTried(policy, kind, bytes) || cancel) continue;
    const Mapping mapping = mapPages(bytes, kind, placement, cancel);
    if (mapping.data == nullptr) continue;
    if (mapping.pages != kind && !mayFallBack) {
      unmapPages(mapping);
      continue;
    }
    region.data_ = mapping.data;
    region.size_ = bytes;
    region.reserved_ = mapping.reserved;
    region.reservedBytes_ = mapping.reservedBytes;
    region.pages_ = mapping.pages;
    break;
  }
  return region;
}

Region::Region(Region&& other) noexcept { *this = std::move(other); }

Region& Region::operator=(Region&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(reserved_, other.reserved_);
  std::swap(reservedBytes_, other.reservedBytes_);
  std::swap(pages_, other.pages_);
  return *this;
}

Region::~Region() {
  if (data_ != nullptr) unmapPages({data_, reserved_, reservedBytes_, pages_});
}

}  // namespace ibct
