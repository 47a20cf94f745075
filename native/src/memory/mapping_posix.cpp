#if !defined(_WIN32)

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <thread>

#include "../cpu/thread.hpp"
#include "mapping.hpp"

#if !defined(MAP_HUGE_SHIFT)
#define MAP_HUGE_SHIFT 26
#endif
#if defined(__linux__) && !defined(MADV_POPULATE_WRITE)
#define MADV_POPULATE_WRITE 23  // Linux 5.14
#endif
#if defined(__linux__) && !defined(MADV_COLLAPSE)
#define MADV_COLLAPSE 25  // Linux 6.1
#endif

namespace ibct {
namespace {

constexpr size_t roundUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

// Faults in one part; false when the system has no such page left.
bool populatePart(uint8_t* data, size_t bytes, const std::atomic<bool>& cancel) {
#if defined(__linux__)
  int result = 0;
  do {
    result = madvise(data, bytes, MADV_POPULATE_WRITE);
  } while (result != 0 && (errno == EINTR || errno == EAGAIN) && !cancel);
  if (result == 0) return true;
  if (errno != EINVAL) return false;  // EINVAL: an older kernel
#endif
  for (size_t at = 0; at < bytes; at += kSmallPageBytes) {
    *const_cast<volatile uint8_t*>(data + at) = 0;
  }
  return true;
}

// The kernel zeroes pages as they are faulted in; several threads do it for large regions. Between
// two parts it can be cancelled.
bool populate(uint8_t* data, size_t bytes, PageKind kind, const std::atomic<bool>& cancel) {
  constexpr size_t partBytes = size_t{16} << 20;
  const size_t parts = (bytes + partBytes - 1) / partBytes;
  std::atomic<size_t> nextPart{0};
  std::atomic<bool> complete{true};
  const auto work = [&] {
    for (size_t part = nextPart++; part < parts && complete; part = nextPart++) {
      const size_t offset = part * partBytes;
      const size_t wanted = std::min(partBytes, bytes - offset);
      if (kind == PageKind::transparent && !cancel) collapsePages(data + offset, wanted);
      if (cancel || !populatePart(data + offset, wanted, cancel)) complete = false;
    }
  };
  const size_t cores = std::max(1u, std::thread::hardware_concurrency());
  runWithHelpers(std::min({cores, parts, size_t{8}}) - 1, std::cref(work));
  return complete;
}

void keepPrivate(uint8_t* data, size_t bytes) {
#if defined(__linux__)
  madvise(data, bytes, MADV_DONTDUMP);
  madvise(data, bytes, MADV_DONTFORK);
#else
  static_cast<void>(data);
  static_cast<void>(bytes);
#endif
}

#if defined(__linux__)

Mapping mapHugetlb(size_t bytes, PageKind kind) {
  const size_t pageBytes = kind == PageKind::huge1g ? kHuge1gBytes : kHuge2mBytes;
  const int pageShift = kind == PageKind::huge1g ? 30 : 21;
  const size_t mapped = roundUp(bytes, pageBytes);
  void* memory =
      mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | (pageShift << MAP_HUGE_SHIFT), -1, 0);
  if (memory == MAP_FAILED) return {};
  uint8_t* data = static_cast<uint8_t*>(memory);
  keepPrivate(data, mapped);
  return {data, memory, mapped, kind};
}

void advisePages(uint8_t* data, size_t bytes, PageKind kind) {
  madvise(data, bytes, kind == PageKind::transparent ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
}

#else

Mapping mapHugetlb(size_t, PageKind) { return {}; }
void advisePages(uint8_t*, size_t, PageKind) {}

#endif

// Ordinary memory aligned to 2 MiB, with an inaccessible gap on both sides.
Mapping mapOrdinary(size_t bytes, PageKind kind) {
  const size_t mapped =
      roundUp(bytes, kind == PageKind::transparent ? kHuge2mBytes : kSmallPageBytes);
  const size_t reservedBytes = mapped + 2 * kHuge2mBytes;
  void* reserved = mmap(nullptr, reservedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (reserved == MAP_FAILED) return {};
  const uintptr_t start = roundUp(reinterpret_cast<uintptr_t>(reserved) + 1, kHuge2mBytes);
  uint8_t* data = reinterpret_cast<uint8_t*>(start);
  if (mprotect(data, mapped, PROT_READ | PROT_WRITE) != 0) {
    munmap(reserved, reservedBytes);
    return {};
  }
  keepPrivate(data, mapped);
  advisePages(data, mapped, kind);
  return {data, reserved, reservedBytes, kind};
}

}  // namespace

#if defined(__linux__)

// One small page is there to be copied for each huge one: all of them would take ten times as long.
bool collapsePages(uint8_t* data, size_t bytes) {
  for (size_t at = 0; at < bytes; at += kHuge2mBytes) *const_cast<volatile uint8_t*>(data + at) = 0;
  return madvise(data, bytes, MADV_COLLAPSE) == 0;
}

// From /proc/self/smaps (proc(5)). The guard gaps around every region keep it a mapping of its own.
size_t transparentBytes(const uint8_t* data, size_t bytes) {
  std::FILE* smaps = std::fopen("/proc/self/smaps", "re");
  if (smaps == nullptr) return 0;
  const auto begin = reinterpret_cast<uintptr_t>(data);
  size_t found = 0;
  bool inside = false;
  char line[512];
  while (std::fgets(line, sizeof line, smaps) != nullptr) {
    unsigned long from = 0;
    unsigned long to = 0;
    unsigned long kibibytes = 0;
    if (std::sscanf(line, "%lx-%lx ", &from, &to) == 2) {
      inside = from >= begin && to <= begin + bytes;
    } else if (inside && std::sscanf(line, "AnonHugePages: %lu kB", &kibibytes) == 1) {
      found += size_t{kibibytes} << 10;
    }
  }
  std::fclose(smaps);
  return found;
}

#else

bool collapsePages(uint8_t*, size_t) { return false; }
size_t transparentBytes(const uint8_t*, size_t) { return 0; }

#endif

Mapping mapPages(size_t bytes, PageKind kind, const Placement& placement,
                 const std::atomic<bool>& cancel) {
  const bool hugetlb = kind == PageKind::huge1g || kind == PageKind::huge2m;
  Mapping mapping = hugetlb ? mapHugetlb(bytes, kind) : mapOrdinary(bytes, kind);
  if (mapping.data == nullptr) return {};
  const size_t mapped = roundUp(bytes, kind == PageKind::transparent ? kHuge2mBytes : 1);
  const size_t whole = hugetlb ? mapping.reservedBytes : mapped;  // mbind splits no huge page
  const bool placed =
      placement.nodes.empty() || placeMemory(mapping.data, whole, placement) || !placement.strict;
  if (!placed || !populate(mapping.data, mapped, kind, cancel) ||
      (placement.strict && !liesWherePlaced(mapping.data, mapped, placement))) {
    unmapPages(mapping);
    return {};
  }
  if (kind == PageKind::transparent && transparentBytes(mapping.data, mapped) < mapped / 20 * 19)
    mapping.pages = PageKind::small;
  return mapping;
}

void unmapPages(const Mapping& mapping) { munmap(mapping.reserved, mapping.reservedBytes); }

}  // namespace ibct

#endif
