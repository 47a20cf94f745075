#include "cache.hpp"

#include <utility>

#include "../argon2/argon2d.hpp"
#include "../superscalar/blake_generator.hpp"

namespace ibct {

Cache::Cache(Region memory) : memory_(std::move(memory)) {}
Cache::Cache(Cache&&) noexcept = default;
Cache& Cache::operator=(Cache&&) noexcept = default;
Cache::~Cache() = default;

bool Cache::fill(const uint8_t* key, size_t keyLength, CodePath path, const CpuFeatures& features,
                 const std::atomic<bool>& cancel) {
  generator_.reset();
  argon2dStart(memory_.data(), key, keyLength);
  if (!argon2dFill(features).run(memory_.data(), cancel)) return false;

  BlakeGenerator source(key, keyLength);
  for (SuperscalarProgram& program : programs_) program = generateSuperscalar(source);

  if (path == CodePath::interpreter) return true;
  generator_ = compileItemGenerator(programs_, features);
  if (generator_ == nullptr) return false;
  generator_->chooseBulkPath(memory_.data());
  return true;
}

void Cache::item(uint64_t number, uint8_t out[64]) const {
  if (generator_ != nullptr) {
    generator_->item(memory_.data(), number, out);
  } else {
    computeItem(memory_.data(), programs_, number, out);
  }
}

void Cache::items(uint64_t first, uint64_t count, uint8_t* out) const {
  if (generator_ != nullptr) {
    generator_->items(memory_.data(), first, count, out);
  } else {
    for (uint64_t i = 0; i < count; ++i)
      computeItem(memory_.data(), programs_, first + i, out + 64 * i);
  }
}

unsigned Cache::listedItems() const {
  return generator_ != nullptr ? generator_->listedItems() : 0;
}

void Cache::makeListed(const uint64_t* numbers, uint8_t* out) const {
  generator_->makeListed(memory_.data(), numbers, out);
}

const char* Cache::itemPath() const { return generator_ != nullptr ? "jit" : "interpreter"; }

const char* Cache::bulkPath() const {
  return generator_ != nullptr ? generator_->bulkPath() : "interpreter";
}

const void* Cache::itemCode() const {
  return generator_ != nullptr ? generator_->itemEntry() : nullptr;
}

}  // namespace ibct
