// Windows places memory as it is mapped (mapping_windows.cpp), macOS has one node.
#if !defined(__linux__)

#include "placement.hpp"

namespace ibct {

bool placeMemory(uint8_t*, size_t, const Placement&) { return false; }
bool liesWherePlaced(const uint8_t*, size_t, const Placement&) { return true; }

}  // namespace ibct

#endif
