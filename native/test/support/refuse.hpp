// Stands between the engine and the system: refuses the n-th thread, allocation or mapping, and
// takes memory slowly. In one file of a test program only: it replaces functions of the C library.
#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <new>
#include <thread>

namespace refuse {

// Counts calls, and refuses those numbered `from` to `to`, from 1.
struct Gate {
  std::atomic<uint64_t> calls{0};
  std::atomic<uint64_t> from{UINT64_MAX};
  std::atomic<uint64_t> to{0};

  void arm(uint64_t first, uint64_t last) {
    calls = 0;
    to = last;
    from = first;
  }
  void disarm() { from = UINT64_MAX; }
  bool refuses() {
    const uint64_t call = ++calls;
    return call >= from && call <= to;
  }
};

inline Gate threads;
inline Gate allocations;
inline Gate mappings;

// Threads of the test itself are refused nothing.
inline thread_local bool exempt = false;

// Hashing threads get no memory meanwhile.
inline std::atomic<bool> hashingThreadsWait{false};

inline bool isHashingThread() {
  char name[16] = "";
  prctl(PR_GET_NAME, name);
  return std::strcmp(name, "ibct-hash") == 0;
}

// Mappings of a gibibyte and more, a dataset's that is, are not filled but as they are touched, by
// small pages, and pretend to take this long for each 16 MiB.
inline std::atomic<unsigned> millisecondsForPart{0};
inline std::atomic<uint64_t> partsTaken{0};
inline Gate bigMappings;
struct Range {
  std::atomic<uintptr_t> begin{0};
  std::atomic<uintptr_t> end{0};
};
inline Range bigRanges[8];  // the last ones

inline bool isBig(const void* memory) {
  const auto at = reinterpret_cast<uintptr_t>(memory);
  for (const Range& range : bigRanges)
    if (at >= range.begin && at < range.end) return true;
  return false;
}

inline void* allocate(size_t bytes, size_t alignment) {
  if (!exempt && allocations.refuses()) throw std::bad_alloc();
  const size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  void* memory = alignment <= 16 ? std::malloc(bytes) : std::aligned_alloc(alignment, rounded);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace refuse

void* operator new(size_t bytes) { return refuse::allocate(bytes == 0 ? 1 : bytes, 16); }
void* operator new(size_t bytes, std::align_val_t alignment) {
  return refuse::allocate(bytes, static_cast<size_t>(alignment));
}
void* operator new(size_t bytes, const std::nothrow_t&) noexcept {
  return refuse::exempt || !refuse::allocations.refuses() ? std::malloc(bytes == 0 ? 1 : bytes)
                                                          : nullptr;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

extern "C" {

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) noexcept {
  using Function = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "pthread_create"));
  if (!refuse::exempt && refuse::threads.refuses()) return EAGAIN;
  return real(thread, attributes, start, argument);
}

void* mmap(void* address, size_t bytes, int rights, int flags, int file, off_t offset) noexcept {
  while (refuse::hashingThreadsWait && refuse::isHashingThread())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const bool isBig = bytes >= size_t{1} << 30 && (rights & PROT_EXEC) == 0;
  if ((!refuse::exempt && refuse::mappings.refuses()) || (isBig && refuse::bigMappings.refuses())) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  const long result = syscall(SYS_mmap, address, bytes, rights, flags, file, offset);
  if (result != -1 && isBig) {
    static std::atomic<size_t> taken{0};
    refuse::Range& range = refuse::bigRanges[taken++ % std::size(refuse::bigRanges)];
    range.begin = static_cast<uintptr_t>(result);
    range.end = static_cast<uintptr_t>(result) + bytes;
  }
  return reinterpret_cast<void*>(result);
}

int munmap(void* memory, size_t bytes) noexcept {
  for (refuse::Range& range : refuse::bigRanges)
    if (range.begin == reinterpret_cast<uintptr_t>(memory)) range.end = 0;
  return static_cast<int>(syscall(SYS_munmap, memory, bytes));
}

int madvise(void* memory, size_t bytes, int advice) noexcept {
  constexpr int populateWrite = 23;
  constexpr int collapse = 25;
  const bool isBig = refuse::isBig(memory);
  if (isBig && advice == collapse) return 0;
  if (isBig && advice == populateWrite) {
    ++refuse::partsTaken;
    std::this_thread::sleep_for(
        std::chrono::milliseconds(refuse::millisecondsForPart * bytes >> 24));
    return 0;
  }
  const int taken = isBig && advice == MADV_HUGEPAGE ? MADV_NOHUGEPAGE : advice;
  return static_cast<int>(syscall(SYS_madvise, memory, bytes, taken));
}
}
