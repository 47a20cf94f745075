#if defined(_WIN32)

#include <windows.h>

#include "thread.hpp"

namespace ibct {

void bindThisThread(uint32_t cpu) {
  GROUP_AFFINITY affinity{};
  affinity.Group = static_cast<WORD>(cpu / 64);
  affinity.Mask = KAFFINITY{1} << (cpu % 64);
  SetThreadGroupAffinity(GetCurrentThread(), &affinity, nullptr);
}

void lowerThisThread() { SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST); }

void nameThisThread(const char*) {}

}  // namespace ibct

#endif
