// Who made this processor, and whether this system has it to itself.
#pragma once

#include <cstdint>

namespace ibct {

enum class Maker : uint8_t { other, amd, intel };

struct Processor {
  Maker maker = Maker::other;
  // A guest: what caches it is told of are the host's, shared with others.
  bool virtualMachine = false;
};

// Of this machine, read once.
const Processor& processor();

}  // namespace ibct
