// What a hashing thread asks of the scheduler. All are best effort: hashing works without.
#pragma once

#include <cstdint>

namespace ibct {

// Keeps the calling thread on one logical CPU.
void bindThisThread(uint32_t cpu);
// Lowest fair priority: the thread takes what nothing else wants, yet never starves so that a stop
// stays quick.
void lowerThisThread();
// Shown by debuggers and top -H; at most 15 characters.
void nameThisThread(const char* name);

}  // namespace ibct
