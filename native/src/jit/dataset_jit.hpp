// Machine code that makes the dataset items of one key: one at a time, and in chunks of several
// side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../cpu/features.hpp"
#include "../dataset/item_generator.hpp"
#include "../memory/code_buffer.hpp"

namespace ibct {

// Makes one chunk: items first … first+chunk-1 of the cache into out, 64 bytes each (64-byte
// aligned).
struct BulkPath {
  const char* name;
  unsigned chunk;
  void (*run)(const uint8_t* cache, uint64_t first, uint8_t* out);
};

class DatasetJit : public ItemGenerator {
 public:
  // nullptr when there is no code generator for this machine or code memory was refused.
  static std::unique_ptr<DatasetJit> compile(const SuperscalarPrograms& programs,
                                             const CpuFeatures& features);

  void item(const uint8_t* cache, uint64_t number, uint8_t out[64]) const override {
    item_(cache, number, out);
  }
  void items(const uint8_t* cache, uint64_t first, uint64_t count, uint8_t* out) const override;
  void chooseBulkPath(const uint8_t* cache) override;
  const char* bulkPath() const override { return bulkPaths_[chosen_].name; }
  const void* itemEntry() const override { return itemEntry_; }
  unsigned listedItems() const override { return listedItems_; }
  void makeListed(const uint8_t* cache, const uint64_t* numbers, uint8_t* out) const override {
    listed_(cache, numbers, out);
  }

  // The ways to make a chunk; the first is "scalar".
  const std::vector<BulkPath>& bulkPaths() const { return bulkPaths_; }
  void useBulkPath(size_t index) { chosen_ = index; }

 private:
  using ItemFunction = void (*)(const uint8_t* cache, uint64_t number, uint8_t* out);
  using ListedFunction = void (*)(const uint8_t* cache, const uint64_t* numbers, uint8_t* out);

  explicit DatasetJit(CodeBuffer buffer) : buffer_(std::move(buffer)) {}

  CodeBuffer buffer_;
  ItemFunction item_ = nullptr;
  const void* itemEntry_ = nullptr;
  std::vector<BulkPath> bulkPaths_;
  size_t chosen_ = 0;
  ListedFunction listed_ = nullptr;
  unsigned listedItems_ = 0;
};

}  // namespace ibct
