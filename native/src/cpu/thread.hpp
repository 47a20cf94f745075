// What a hashing thread asks of the scheduler. All are best effort: hashing works without.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace ibct {

// Keeps the calling thread on one logical CPU.
void bindThisThread(uint32_t cpu);
// Lowest fair priority: the thread takes what nothing else wants, yet never starves so that a stop
// stays quick.
void lowerThisThread();
// Shown by debuggers and top -H; at most 15 characters.
void nameThisThread(const char* name);
// Runs `work`, which must not throw, on this thread and on `helpers` more at the same time. Threads
// that the system refuses are done without.
void runWithHelpers(size_t helpers, const std::function<void()>& work);

}  // namespace ibct
