// Linux: mbind(2) and move_pages(2), which need no library. The policy only prefers: one that binds
// makes the system end a process for which a node has nothing left.
#if defined(__linux__)

#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

#include "placement.hpp"

namespace ibct {

bool placeMemory(uint8_t* data, size_t bytes, const Placement& placement) {
  constexpr unsigned bitsOfWord = 8 * sizeof(unsigned long);
  std::array<unsigned long, 16> mask{};
  const size_t most = mask.size() * bitsOfWord;
  for (const uint32_t node : placement.nodes) {
    if (node >= most) return false;
    mask[node / bitsOfWord] |= 1UL << node % bitsOfWord;
  }
  const int policy = placement.nodes.size() > 1 ? MPOL_INTERLEAVE : MPOL_PREFERRED;
  return syscall(SYS_mbind, data, bytes, policy, mask.data(), most, 0) == 0;
}

bool liesWherePlaced(const uint8_t* data, size_t bytes, const Placement& placement) {
  if (placement.nodes.size() != 1) return true;
  constexpr size_t samples = 64;
  std::array<const void*, samples> pages{};
  std::array<int, samples> nodes{};
  for (size_t i = 0; i < samples; ++i) pages[i] = data + bytes / samples * i;
  if (syscall(SYS_move_pages, 0, samples, pages.data(), nullptr, nodes.data(), 0) != 0) return true;
  size_t elsewhere = 0;
  for (const int node : nodes)
    if (node >= 0 && static_cast<uint32_t>(node) != placement.nodes[0]) ++elsewhere;
  return elsewhere <= samples / 10;
}

}  // namespace ibct

#endif
