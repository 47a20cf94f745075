#include "available.hpp"

#include "mapping.hpp"

namespace ibct {
namespace {

constexpr uint64_t pagesOf(uint64_t bytes, uint64_t pageBytes) {
  return (bytes + pageBytes - 1) / pageBytes;
}

}  // namespace

bool hasRoomFor(const MemoryReport& memory, uint64_t bytes, PagePolicy policy,
                uint64_t leftToOthers) {
  if (memory.totalBytes == 0) return true;
  const bool automatic = policy == PagePolicy::automatic;
  const bool huge2m = automatic || policy == PagePolicy::huge2m;
  const bool huge1g = policy == PagePolicy::huge1g || (automatic && bytes >= kHuge1gBytes);
  if (huge2m && memory.huge2mFreeBytes / kHuge2mBytes >= pagesOf(bytes, kHuge2mBytes)) return true;
  if (huge1g && memory.huge1gFreeBytes / kHuge1gBytes >= pagesOf(bytes, kHuge1gBytes)) return true;
  return memory.availableBytes >= bytes + leftToOthers;
}

}  // namespace ibct
