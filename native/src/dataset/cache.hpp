// The 256 MiB Argon2d cache of one key, with its eight superscalar programs and the functions that
// make dataset items.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "../cpu/features.hpp"
#include "../memory/region.hpp"
#include "item.hpp"
#include "item_generator.hpp"

namespace ibct {

constexpr size_t kCacheBytes = 268435456;
constexpr uint32_t kDatasetItems = 34078719;
constexpr size_t kDatasetBytes = size_t{kDatasetItems} * 64;

enum class CodePath : uint8_t { jit, interpreter };

class Cache {
 public:
  // Takes over memory of at least kCacheBytes. Nothing is computed yet.
  explicit Cache(Region memory);
  Cache(Cache&&) noexcept;
  Cache& operator=(Cache&&) noexcept;
  ~Cache();

  // Argon2d fill, superscalar generation and (path == jit) code generation: about a quarter of a
  // second, one thread. Returns false when `cancel` became true or code memory was refused (then
  // path interpreter still works). Key: any length, 60 bytes at most in practice. May be called
  // again with another key when nobody reads.
  bool fill(const uint8_t* key, size_t keyLength, CodePath path, const CpuFeatures& features,
            const std::atomic<bool>& cancel);

  // One item into 64 bytes. Thread-safe after fill.
  void item(uint64_t number, uint8_t out[64]) const;
  // Items first … first+count-1, 64 bytes each, on the bulk path that is fastest on this
  // machine. Thread-safe after fill.
  void items(uint64_t first, uint64_t count, uint8_t* out) const;

  // How many items of any numbers this machine makes side by side, in much less time than one by
  // one; 0: none. Thread-safe after fill.
  unsigned listedItems() const;
  // Makes as many, 64 bytes each; numbers and out are 64-byte aligned. Thread-safe after fill.
  void makeListed(const uint64_t* numbers, uint8_t* out) const;

  const uint8_t* memory() const { return memory_.data(); }
  const SuperscalarPrograms& programs() const { return programs_; }
  PageKind pages() const { return memory_.pages(); }
  const char* itemPath() const;  // "jit", "interpreter"
  const char* bulkPath() const;  // "interpreter", "scalar", "avx2", "avx512", …
  // What generated light-mode programs call, with its own register convention: see
  // ItemGenerator::itemEntry(). nullptr on the interpreter path.
  const void* itemCode() const;

 private:
  Region memory_;
  SuperscalarPrograms programs_;
  std::unique_ptr<ItemGenerator> generator_;  // empty on the interpreter path
};

}  // namespace ibct
