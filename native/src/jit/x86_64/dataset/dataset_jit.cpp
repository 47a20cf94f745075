#if defined(__x86_64__)

#include "../../dataset_jit.hpp"

#include "item_emitters.hpp"

namespace ibct {
namespace {

// More than twice what the largest programs measured need.
constexpr size_t kCodeBytes = size_t{2} << 20;

struct VectorPath {
  const char* name;
  bool CpuFeatures::*needs;
  size_t (*emit)(x86::Assembler&, const SuperscalarPrograms&, x86::ChunkShape);
  x86::ChunkShape shape;
};

// Which of them is fastest differs from processor to processor: chooseBulkPath() tries.
constexpr VectorPath kVectorPaths[] = {
    {"avx2", &CpuFeatures::avx2, x86::emitVectorChunk256, {4, 0, 8}},
    {"avx2+1", &CpuFeatures::avx2, x86::emitVectorChunk256, {4, 1, 8}},
    {"avx2+2", &CpuFeatures::avx2, x86::emitVectorChunk256, {4, 2, 8}},
    {"avx512", &CpuFeatures::avx512, x86::emitVectorChunk512, {8, 0, 8}},
    {"avx512+1", &CpuFeatures::avx512, x86::emitVectorChunk512, {8, 1, 8}},
    {"avx512+2", &CpuFeatures::avx512, x86::emitVectorChunk512, {8, 2, 8}},
};

}  // namespace

std::unique_ptr<DatasetJit> DatasetJit::compile(const SuperscalarPrograms& programs,
                                                const CpuFeatures& features) {
  std::unique_ptr<DatasetJit> code(new DatasetJit(CodeBuffer(kCodeBytes)));
  CodeBuffer& buffer = code->buffer_;
  if (!buffer) return nullptr;
  uint8_t* memory = buffer.beginWriting();
  if (memory == nullptr) return nullptr;

  x86::Assembler out(memory, buffer.size());
  const auto address = [&](size_t offset) {
    return reinterpret_cast<uintptr_t>(buffer.executable()) + offset;
  };
  const auto function = [&](size_t offset) {
    return reinterpret_cast<ItemFunction>(address(offset));
  };
  const size_t itemEntry = x86::emitItemEntry(out, programs);
  code->itemEntry_ = buffer.executable() + itemEntry;
  code->item_ = function(x86::emitItemFunction(out, itemEntry));
  code->bulkPaths_.push_back(
      {"scalar", x86::kScalarChunk, function(x86::emitScalarChunk(out, programs))});
  for (const VectorPath& path : kVectorPaths)
    if (features.*path.needs)
      code->bulkPaths_.push_back(
          {path.name, path.shape.items(), function(path.emit(out, programs, path.shape))});
  if (features.avx2) {
    code->listed_ =
        reinterpret_cast<ListedFunction>(address(x86::emitListedItems256(out, programs)));
    code->listedItems_ = x86::kListedItems;
  }

  if (!buffer.finishWriting(out.offset()) || out.overflowed()) return nullptr;
  return code;
}

}  // namespace ibct

#endif
