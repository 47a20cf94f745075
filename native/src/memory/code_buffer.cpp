#include "code_buffer.hpp"

#include <utility>

namespace ibct {

CodeBuffer::CodeBuffer(CodeBuffer&& other) noexcept { *this = std::move(other); }

CodeBuffer& CodeBuffer::operator=(CodeBuffer&& other) noexcept {
  std::swap(writable_, other.writable_);
  std::swap(executable_, other.executable_);
  std::swap(size_, other.size_);
  std::swap(dualMapped_, other.dualMapped_);
  return *this;
}

}  // namespace ibct
