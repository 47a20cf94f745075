#if defined(__x86_64__)

#include "../dataset_code.hpp"
#include "dataset_emitter.hpp"

namespace ibct {
namespace {

// Four times what the largest programs measured need.
constexpr size_t kCodeBytes = size_t{1} << 20;

}  // namespace

std::unique_ptr<DatasetCode> DatasetCode::compile(const SuperscalarPrograms& programs,
                                                  const CpuFeatures& features) {
  std::unique_ptr<DatasetCode> code(new DatasetCode(CodeBuffer(kCodeBytes)));
  CodeBuffer& buffer = code->buffer_;
  if (!buffer) return nullptr;
  uint8_t* memory = buffer.beginWriting();
  if (memory == nullptr) return nullptr;

  x86::Assembler out(memory, buffer.size());
  const size_t itemEntry = x86::emitItemEntry(out, programs);
  const size_t item = x86::emitItemFunction(out, itemEntry);
  const size_t scalarBatch = x86::emitScalarBatch(out, programs);
  const size_t lanes512 = features.avx512 ? x86::emitLanes512Batch(out, programs) : 0;
  if (out.overflowed() || !buffer.finishWriting(out.offset())) return nullptr;

  const auto function = [&](size_t offset) {
    return reinterpret_cast<ItemFunction>(reinterpret_cast<uintptr_t>(buffer.executable()) +
                                          offset);
  };
  code->itemEntry_ = buffer.executable() + itemEntry;
  code->item_ = function(item);
  code->bulkPaths_.push_back({"scalar", x86::kScalarBatch, function(scalarBatch)});
  if (features.avx512)
    code->bulkPaths_.push_back({"avx512", x86::kLanes512Batch, function(lanes512)});
  return code;
}

}  // namespace ibct

#endif
