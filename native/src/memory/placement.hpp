// On which nodes memory lies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ibct {

// Of no node: wherever the system likes. Of one: there, or elsewhere when nothing is left there. Of
// several: in turns, so that all threads are as near to it.
struct Placement {
  std::vector<uint32_t> nodes;
  bool strict = false;  // of one node: there or not at all
};

// Before the memory is touched. False: the system places nothing.
bool placeMemory(uint8_t* data, size_t bytes, const Placement& placement);
// Whether memory that is there lies where it was to lie, but for a tenth, as far as the system
// tells.
bool liesWherePlaced(const uint8_t* data, size_t bytes, const Placement& placement);

}  // namespace ibct
