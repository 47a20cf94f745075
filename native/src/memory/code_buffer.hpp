// Memory for generated code under W^X: writable or executable, never both in one mapping.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ibct {

// Before this thread runs code that another thread wrote, or that it wrote itself through another
// mapping: throws away what the processor has fetched ahead (Intel SDM volume 3, "Handling self-
// and cross-modifying code"). Takes some 50 ns.
void forgetFetchedCode();

class CodeBuffer {
 public:
  // Two views of one memory object (memfd) where that works, else one mapping whose rights are
  // changed. Invalid (operator bool) when the system allows neither: use the interpreter.
  explicit CodeBuffer(size_t bytes);
  CodeBuffer(CodeBuffer&& other) noexcept;
  CodeBuffer& operator=(CodeBuffer&& other) noexcept;
  CodeBuffer(const CodeBuffer&) = delete;
  CodeBuffer& operator=(const CodeBuffer&) = delete;
  ~CodeBuffer();

  explicit operator bool() const { return writable_ != nullptr; }
  size_t size() const { return size_; }

  // Call before writing code, and finishWriting() before running it, always both and on one thread:
  // on Apple's ARM processors no generated code runs on a thread between the two.
  // Other threads call forgetFetchedCode() before they run it.
  uint8_t* beginWriting();
  bool finishWriting(size_t used);
  const uint8_t* executable() const { return executable_; }

 private:
  uint8_t* writable_ = nullptr;
  uint8_t* executable_ = nullptr;
  size_t size_ = 0;
  bool dualMapped_ = false;
};

}  // namespace ibct
