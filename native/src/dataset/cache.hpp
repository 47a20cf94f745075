// The 256 MiB Argon2d cache of one key, with its eight superscalar programs and the function that makes dataset items.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "../cpu/features.hpp"
#include "../memory/code_buffer.hpp"
#include "../memory/region.hpp"
#include "../superscalar/program.hpp"

namespace ibct {

constexpr size_t kCacheBytes = 268435456;
constexpr uint32_t kCacheItems = 4194304;
constexpr uint32_t kDatasetItems = 34078719;
constexpr size_t kDatasetBytes = size_t{kDatasetItems} * 64;

enum class CodePath : uint8_t { jit, interpreter };

// Writes items first … first+count-1 (64 bytes each) to out.
class Cache {
 public:
  // Takes over memory of at least kCacheBytes. Nothing is computed yet.
  explicit Cache(Region memory);

  // Argon2d fill, superscalar generation and (path == jit) code generation: about half a second, one thread.
  // Returns false when `cancel` became true or code memory was refused (then path interpreter still works).
  // Key: any length, 60 bytes at most in practice. May be called again with another key when nobody reads.
  bool fill(const uint8_t* key, size_t keyLength, CodePath path, const CpuFeatures& features,
            const std::atomic<bool>& cancel);

  // One item into 64 bytes. Thread-safe after fill.
  void item(uint64_t number, uint8_t out[64]) const { computeItem_(*this, number, out); }
  // A run of items, with the fastest bulk path (SIMD lanes) for this machine. Thread-safe after fill.
  void items(uint64_t first, uint64_t count, uint8_t* out) const;

  const uint8_t* memory() const { return memory_.data(); }
  const SuperscalarProgram* programs() const { return programs_.data(); }  // eight
  PageKind pages() const { return memory_.pages(); }
  const char* itemPath() const;  // "jit", "interpreter"
  const char* bulkPath() const;  // "scalar", "avx2", "avx512", …
  // JIT entry for light-mode programs: see jit/. nullptr on the interpreter path.
  const void* itemCode() const;

 private:
  using ComputeItem = void (*)(const Cache&, uint64_t, uint8_t*);
  Region memory_;
  std::array<SuperscalarProgram, 8> programs_;
  ComputeItem computeItem_ = nullptr;
  struct Code;
  std::shared_ptr<Code> code_;
};

}  // namespace ibct
