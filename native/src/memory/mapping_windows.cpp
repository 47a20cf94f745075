#if defined(_WIN32)

#define NOMINMAX
#include <windows.h>

#include "mapping.hpp"

namespace ibct {

// 2 MiB pages need the "Lock pages in memory" right; a user without it gets small pages.
Mapping mapPages(size_t bytes, PageKind kind) {
  DWORD flags = MEM_RESERVE | MEM_COMMIT;
  size_t mapped = bytes;
  if (kind == PageKind::huge2m) {
    const size_t pageBytes = GetLargePageMinimum();
    if (pageBytes == 0) return {};
    mapped = (bytes + pageBytes - 1) / pageBytes * pageBytes;
    flags |= MEM_LARGE_PAGES;
  } else if (kind != PageKind::small) {
    return {};
  }
  void* memory = VirtualAlloc(nullptr, mapped, flags, PAGE_READWRITE);
  if (memory == nullptr) return {};
  return {static_cast<uint8_t*>(memory), memory, mapped, kind};
}

void unmapPages(const Mapping& mapping) { VirtualFree(mapping.reserved, 0, MEM_RELEASE); }

}  // namespace ibct

#endif
