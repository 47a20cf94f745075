#if !defined(_WIN32)

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/syscall.h>
#endif

#include "thread.hpp"

namespace ibct {

#if defined(__linux__)

void bindThisThread(uint32_t cpu) {
  cpu_set_t mask[4];  // on the stack: a thread that starts must not fail for want of memory
  if (cpu >= sizeof mask * 8) return;
  CPU_ZERO_S(sizeof mask, mask);
  CPU_SET_S(cpu, sizeof mask, mask);
  pthread_setaffinity_np(pthread_self(), sizeof mask, mask);
}

// On Linux a nice value belongs to a thread (sched(7)).
void lowerThisThread() {
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  setpriority(PRIO_PROCESS, thread, 19);
}

void nameThisThread(const char* name) { pthread_setname_np(pthread_self(), name); }

#elif defined(__APPLE__)

void bindThisThread(uint32_t) {}
void lowerThisThread() { pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0); }
void nameThisThread(const char* name) { pthread_setname_np(name); }

#endif

}  // namespace ibct

#endif
