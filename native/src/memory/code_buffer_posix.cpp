#if !defined(_WIN32)

#include <sys/mman.h>
#include <unistd.h>

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

// One view that is flipped; null when the system never lets written pages become executable.
uint8_t* mapOnce(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  if (mprotect(memory, bytes, PROT_READ | PROT_EXEC) != 0) {
    munmap(memory, bytes);
    return nullptr;
  }
  return static_cast<uint8_t*>(memory);
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
  if (!dualMapped_ && mprotect(writable_, size_, PROT_READ | PROT_WRITE) != 0) return nullptr;
  return writable_;
}

bool CodeBuffer::finishWriting(size_t used) {
  if (!dualMapped_ && mprotect(writable_, size_, PROT_READ | PROT_EXEC) != 0) return false;
  char* begin = reinterpret_cast<char*>(executable_);
  __builtin___clear_cache(begin, begin + used);
  return true;
}

}  // namespace ibct

#endif
