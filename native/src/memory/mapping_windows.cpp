#if defined(_WIN32)

#include <windows.h>

#include "mapping.hpp"

namespace ibct {

namespace {

// Switches on the "Lock pages in memory" right that 2 MiB pages need. Only an account that was
// given the right has it; the others get small pages.
bool mayLockPages() {
  static const bool may = [] {
    HANDLE token = nullptr;
    TOKEN_PRIVILEGES wanted{};
    wanted.PrivilegeCount = 1;
    wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES, &token) == 0) return false;
    // The adjusting call succeeds without the right too: only the last error tells.
    const bool given =
        LookupPrivilegeValueW(nullptr, L"SeLockMemoryPrivilege", &wanted.Privileges[0].Luid) != 0 &&
        AdjustTokenPrivileges(token, FALSE, &wanted, 0, nullptr, nullptr) != 0 &&
        GetLastError() == ERROR_SUCCESS;
    CloseHandle(token);
    return given;
  }();
  return may;
}

}  // namespace

// A node is only preferred; nobody has tried this where there are several.
Mapping mapPages(size_t bytes, PageKind kind, const Placement& placement,
                 const std::atomic<bool>&) {
  DWORD flags = MEM_RESERVE | MEM_COMMIT;
  size_t mapped = bytes;
  if (kind == PageKind::huge2m) {
    const size_t pageBytes = GetLargePageMinimum();
    if (pageBytes == 0 || !mayLockPages()) return {};
    mapped = (bytes + pageBytes - 1) / pageBytes * pageBytes;
    flags |= MEM_LARGE_PAGES;
  } else if (kind != PageKind::small) {
    return {};
  }
  void* memory = placement.nodes.size() == 1
                     ? VirtualAllocExNuma(GetCurrentProcess(), nullptr, mapped, flags,
                                          PAGE_READWRITE, placement.nodes[0])
                     : VirtualAlloc(nullptr, mapped, flags, PAGE_READWRITE);
  if (memory == nullptr) return {};
  return {static_cast<uint8_t*>(memory), memory, mapped, kind};
}

void unmapPages(const Mapping& mapping) { VirtualFree(mapping.reserved, 0, MEM_RELEASE); }

}  // namespace ibct

#endif
