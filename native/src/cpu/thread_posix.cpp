#if !defined(_WIN32)

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/syscall.h>

#include <vector>
#endif

#include "thread.hpp"

namespace ibct {

#if defined(__linux__)

void bindThisThread(uint32_t cpu) {
  std::vector<cpu_set_t> mask(cpu / CPU_SETSIZE + 1);
  const size_t bytes = mask.size() * sizeof(cpu_set_t);
  CPU_ZERO_S(bytes, mask.data());
  CPU_SET_S(cpu, bytes, mask.data());
  pthread_setaffinity_np(pthread_self(), bytes, mask.data());
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
