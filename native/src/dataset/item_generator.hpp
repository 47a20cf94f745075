// What makes the dataset items of one key faster than computeItem(). Declared here and implemented
// in jit/: this folder knows nothing of machine code.
#pragma once

#include <cstdint>
#include <memory>

#include "../cpu/features.hpp"
#include "item.hpp"

namespace ibct {

class ItemGenerator {
 public:
  virtual ~ItemGenerator() = default;

  // Item `number` of the cache into 64 bytes. Thread-safe.
  virtual void item(const uint8_t* cache, uint64_t number, uint8_t out[64]) const = 0;
  // Items first … first+count-1 into out, 64 bytes each (64-byte aligned), on the bulk path in
  // force. Thread-safe.
  virtual void items(const uint8_t* cache, uint64_t first, uint64_t count, uint8_t* out) const = 0;

  // Tries each bulk path for some milliseconds on the filled cache, and takes the fastest for
  // items(). Only while nobody else uses the generator.
  virtual void chooseBulkPath(const uint8_t* cache) = 0;
  virtual const char* bulkPath() const = 0;

  // How many items of any numbers can be made side by side, in much less time than one by one; 0:
  // none.
  virtual unsigned listedItems() const = 0;
  // Makes as many, 64 bytes each; numbers and out are 64-byte aligned. Thread-safe.
  virtual void makeListed(const uint8_t* cache, const uint64_t* numbers, uint8_t* out) const = 0;

  // For calls out of generated code. On x86-64:
  //   in       rax = item number, rdi = cache memory
  //   out      r8 … r15 = the item's eight words
  //   changes  rax, rcx, rdx and the flags, nothing else; needs no stack but for the return address
  // On AArch64:
  //   in       x0 = item number, x1 = cache memory
  //   out      x8 … x15 = the item's eight words
  //   changes  x0, x16, x17, the link register and the flags, nothing else
  virtual const void* itemEntry() const = 0;
};

// nullptr when there is no code generator for this machine or code memory was refused.
std::unique_ptr<ItemGenerator> compileItemGenerator(const SuperscalarPrograms& programs,
                                                    const CpuFeatures& features);

}  // namespace ibct
