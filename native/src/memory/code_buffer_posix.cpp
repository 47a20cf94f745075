#if !defined(_WIN32)

#include <sys/mman.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <pthread.h>
#endif

#include <initializer_list>

#include "code_buffer.hpp"

#if defined(__linux__) && !defined(MFD_EXEC)
#define MFD_EXEC 0x0010U  // Linux 6.3
#endif

namespace ibct {
namespace {

constexpr size_t kPageBytes = size_t{64} << 10;  // the largest base page of the systems we run on

// Not on ARM: there two views need cache maintenance on both, and emulators miss changes made in
// the other one.
#if defined(__linux__) && defined(__x86_64__) && !defined(IBCT_ONE_VIEW)

int executableMemoryFile() {
  const int file = memfd_create("code", MFD_CLOEXEC | MFD_EXEC);
  return file >= 0 ? file : memfd_create("code", MFD_CLOEXEC);
}

// Two views of the same pages; false when the system refuses one of them.
bool mapTwice(size_t bytes, uint8_t*& writable, uint8_t*& executable) {
  const int file = executableMemoryFile();
  if (file < 0) return false;
  void* first = MAP_FAILED;
  void* second = MAP_FAILED;
  if (ftruncate(file, static_cast<off_t>(bytes)) == 0) {
    first = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    second = mmap(nullptr, bytes, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  }
  close(file);  // the mappings keep the memory
  if (first == MAP_FAILED || second == MAP_FAILED) {
    if (first != MAP_FAILED) munmap(first, bytes);
    if (second != MAP_FAILED) munmap(second, bytes);
    return false;
  }
  for (void* view : {first, second}) {
    madvise(view, bytes, MADV_DONTFORK);
    madvise(view, bytes, MADV_DONTDUMP);
  }
  writable = static_cast<uint8_t*>(first);
  executable = static_cast<uint8_t*>(second);
  return true;
}

#else

bool mapTwice(size_t, uint8_t*&, uint8_t*&) { return false; }

#endif

// One view whose rights are changed. Untried on macOS: nobody has built the engine there yet. A
// signed app runs only such generated code as lies in MAP_JIT memory (entitlement
// com.apple.security.cs.allow-jit).
#if defined(__APPLE__)
constexpr int kCodeMapping = MAP_PRIVATE | MAP_ANONYMOUS | MAP_JIT;
#else
constexpr int kCodeMapping = MAP_PRIVATE | MAP_ANONYMOUS;
#endif

#if defined(__APPLE__) && defined(__aarch64__)

// Mapped with all rights, of which each thread has either writing or executing, for all such memory
// at once; it starts with executing.
constexpr int kFirstRights = PROT_READ | PROT_WRITE | PROT_EXEC;

bool allowWriting(uint8_t*, size_t) {
  pthread_jit_write_protect_np(0);
  return true;
}
bool allowRunning(uint8_t*, size_t) {
  pthread_jit_write_protect_np(1);
  return true;
}

#else

constexpr int kFirstRights = PROT_READ | PROT_WRITE;

bool allowWriting(uint8_t* memory, size_t bytes) {
  return mprotect(memory, bytes, PROT_READ | PROT_WRITE) == 0;
}
bool allowRunning(uint8_t* memory, size_t bytes) {
  return mprotect(memory, bytes, PROT_READ | PROT_EXEC) == 0;
}

#endif

// Null when the system never lets written pages become executable.
uint8_t* mapOnce(size_t bytes) {
  void* mapped = mmap(nullptr, bytes, kFirstRights, kCodeMapping, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* memory = static_cast<uint8_t*>(mapped);
  if (allowRunning(memory, bytes)) return memory;
  munmap(memory, bytes);
  return nullptr;
}

}  // namespace

CodeBuffer::CodeBuffer(size_t bytes) {
  const size_t rounded = (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
  dualMapped_ = mapTwice(rounded, writable_, executable_);
  if (!dualMapped_) writable_ = executable_ = mapOnce(rounded);
  if (writable_ != nullptr) size_ = rounded;
}

CodeBuffer::~CodeBuffer() {
  if (writable_ == nullptr) return;
  munmap(writable_, size_);
  if (dualMapped_) munmap(executable_, size_);
}

uint8_t* CodeBuffer::beginWriting() {
  if (!dualMapped_ && !allowWriting(writable_, size_)) return nullptr;
  return writable_;
}

bool CodeBuffer::finishWriting(size_t used) {
  if (!dualMapped_ && !allowRunning(writable_, size_)) return false;
  char* begin = reinterpret_cast<char*>(executable_);
  __builtin___clear_cache(begin, begin + used);
  if (dualMapped_) forgetFetchedCode();
  return true;
}

}  // namespace ibct

#endif
