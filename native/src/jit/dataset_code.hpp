// Machine code that makes the dataset items of one key: one at a time, and in batches on several
// lanes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../cpu/features.hpp"
#include "../dataset/item.hpp"
#include "../memory/code_buffer.hpp"

namespace ibct {

// Items first … first+batch-1 of the cache into out, 64 bytes each (64-byte aligned).
struct BulkPath {
  const char* name;
  unsigned batch;
  void (*run)(const uint8_t* cache, uint64_t first, uint8_t* out);
};

class DatasetCode {
 public:
  // nullptr when there is no code generator for this machine or code memory was refused.
  static std::unique_ptr<DatasetCode> compile(const SuperscalarPrograms& programs,
                                              const CpuFeatures& features);

  // All functions are thread-safe, but for chooseBulk and useBulk.
  void item(const uint8_t* cache, uint64_t number, uint8_t out[64]) const {
    item_(cache, number, out);
  }
  void items(const uint8_t* cache, uint64_t first, uint64_t count, uint8_t* out) const;

  // The ways to make a batch; the first is "scalar".
  const std::vector<BulkPath>& bulkPaths() const { return bulkPaths_; }
  // Tries each for some milliseconds on the filled cache, and takes the fastest for items().
  void chooseBulk(const uint8_t* cache);
  void useBulk(size_t index) { chosen_ = index; }
  const BulkPath& bulk() const { return bulkPaths_[chosen_]; }

  // For calls out of generated code. On x86-64:
  //   in       rax = item number, rdi = cache memory
  //   out      r8 … r15 = the item's eight words
  //   changes  rax, rcx, rdx and the flags, nothing else; needs no stack but for the return address
  // On AArch64:
  //   in       x0 = item number, x1 = cache memory
  //   out      x8 … x15 = the item's eight words
  //   changes  x0, x16, x17, the link register and the flags, nothing else
  const void* itemEntry() const { return itemEntry_; }

 private:
  using ItemFunction = void (*)(const uint8_t* cache, uint64_t number, uint8_t* out);

  explicit DatasetCode(CodeBuffer buffer) : buffer_(std::move(buffer)) {}

  CodeBuffer buffer_;
  ItemFunction item_ = nullptr;
  const void* itemEntry_ = nullptr;
  std::vector<BulkPath> bulkPaths_;
  size_t chosen_ = 0;
};

}  // namespace ibct
