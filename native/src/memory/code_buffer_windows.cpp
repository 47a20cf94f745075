#if defined(_WIN32)

#include <windows.h>

#include "code_buffer.hpp"

namespace ibct {

CodeBuffer::CodeBuffer(size_t bytes) {
  void* memory = VirtualAlloc(nullptr, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  if (memory == nullptr) return;
  writable_ = executable_ = static_cast<uint8_t*>(memory);
  size_ = bytes;
}

CodeBuffer::~CodeBuffer() {
  if (writable_ != nullptr) VirtualFree(writable_, 0, MEM_RELEASE);
}

uint8_t* CodeBuffer::beginWriting() {
  DWORD before = 0;
  return VirtualProtect(writable_, size_, PAGE_READWRITE, &before) != 0 ? writable_ : nullptr;
}

bool CodeBuffer::finishWriting(size_t used) {
  DWORD before = 0;
  if (VirtualProtect(executable_, size_, PAGE_EXECUTE_READ, &before) == 0) return false;
  return FlushInstructionCache(GetCurrentProcess(), executable_, used) != 0;
}

}  // namespace ibct

#endif
