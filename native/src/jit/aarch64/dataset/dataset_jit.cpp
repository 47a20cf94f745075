#if defined(__aarch64__)

#include "../../dataset_jit.hpp"

#include "../assembler.hpp"

namespace ibct {
namespace {

using namespace a64;

// More than twice what the largest programs measured need.
constexpr size_t kCodeBytes = size_t{1} << 20;
constexpr unsigned kChunk = 8;

// The item under work: r0 to r7 in x8 to x15.
constexpr Reg r(unsigned number) { return x(8 + number); }
constexpr Reg kIndex = x(0);  // of the next cache line; in its lower 22 bits
constexpr Reg kCache = x(1);
constexpr Reg kLine = x(16);
constexpr Reg kTemporary = x(17);

class ItemEmitter {
 public:
  ItemEmitter(Assembler& as, const SuperscalarPrograms& programs) : as_(as), programs_(programs) {}

  // See ItemGenerator::itemEntry().
  size_t entry() {
    const size_t begin = start();
    startItem();
    for (const SuperscalarProgram& program : programs_) {
      findLine();
      superscalar(program);
      mixLine();
      as_.mov(kIndex, r(program.addressRegister));
    }
    as_.ret();
    return begin;
  }

  // void (const uint8_t* cache, uint64_t number, uint8_t* out)
  size_t function(size_t entry) {
    const size_t begin = start();
    as_.pushPair(x(29), kLink, 16);
    as_.mov(kTemporary, x(0));
    as_.mov(kIndex, x(1));
    as_.mov(kCache, kTemporary);
    as_.call(entry);
    storeItem(x(2));
    as_.popPair(x(29), kLink, 16);
    as_.ret();
    return begin;
  }

  // The same for kChunk items: each program runs on all of them before the next one does, so that
  // their cache lines are under way together. The registers rest in `out` meanwhile.
  size_t chunk() {
    constexpr Reg kItem = x(2);
    constexpr Reg kFirst = x(3);
    constexpr Reg kLeft = x(4);
    const size_t begin = start();
    as_.mov(kFirst, x(1));
    as_.mov(kCache, x(0));

    size_t loop = beginItems(kLeft);
    as_.mov(kIndex, kFirst);
    startItem();
    findLine();
    storeItem(kItem);
    as_.addImmediate(kFirst, kFirst, 1, kTemporary);
    endItems(kItem, kLeft, loop);
    as_.addImmediate(kFirst, kFirst, -int64_t{kChunk}, kTemporary);

    for (unsigned round = 0; round < kCacheAccesses; ++round) {
      loop = beginItems(kLeft);
      for (unsigned i = 0; i < 8; i += 2)
        as_.loadPair(r(i), r(i + 1), kItem, static_cast<int>(8 * i));
      if (round == 0) {
        as_.mov(kIndex, kFirst);
        as_.addImmediate(kFirst, kFirst, 1, kTemporary);
      } else {
        as_.mov(kIndex, r(programs_[round - 1].addressRegister));
      }
      findLine();
      superscalar(programs_[round]);
      mixLine();
      storeItem(kItem);
      as_.mov(kIndex, r(programs_[round].addressRegister));
      if (round + 1 < kCacheAccesses) findLine();
      endItems(kItem, kLeft, loop);
    }
    as_.ret();
    return begin;
  }

 private:
  size_t start() {
    as_.align(64);
    return as_.offset();
  }

  size_t beginItems(Reg left) {
    as_.mov(left, uint64_t{kChunk});
    return as_.offset();
  }
  void endItems(Reg item, Reg left, size_t loop) {
    as_.addImmediate(item, item, 64, kTemporary);
    as_.subAndTest32(left, left, 1);
    as_.jump(Condition::notEqual, loop);
    as_.addImmediate(item, item, -64 * int64_t{kChunk}, kTemporary);
  }

  // Of the item whose number is in kIndex.
  void startItem() {
    as_.addImmediate(r(0), kIndex, 1, kTemporary);
    as_.mov(kTemporary, kItemMultiplier);
    as_.mul(r(0), r(0), kTemporary);
    for (unsigned i = 1; i < 8; ++i) {
      as_.mov(kTemporary, kItemConstants[i - 1]);
      as_.exclusiveOr(r(i), r(0), kTemporary);
    }
  }
  void findLine() {
    static_assert(kCacheItemMask == (1u << 22) - 1);
    as_.field(kLine, kIndex, 6, 22);
    as_.add(kLine, kLine, kCache);
    as_.prefetch(kLine);
  }
  void mixLine() {
    for (unsigned i = 0; i < 8; i += 2) {
      as_.loadPair(kIndex, kTemporary, kLine, static_cast<int>(8 * i));
      as_.exclusiveOr(r(i), r(i), kIndex);
      as_.exclusiveOr(r(i + 1), r(i + 1), kTemporary);
    }
  }
  void storeItem(Reg to) {
    for (unsigned i = 0; i < 8; i += 2) as_.storePair(r(i), r(i + 1), to, static_cast<int>(8 * i));
  }

  void superscalar(const SuperscalarProgram& program) {
    const uint64_t* nextReciprocal = program.reciprocals.data();
    for (uint32_t i = 0; i < program.size; ++i) {
      const SuperscalarInstruction& in = program.code[i];
      const Reg dst = r(in.dst);
      const Reg src = r(in.src);
      const auto constant = static_cast<int64_t>(static_cast<int32_t>(in.imm));
      switch (in.op) {
        case SuperscalarOp::isubR:
          as_.sub(dst, dst, src);
          break;
        case SuperscalarOp::ixorR:
          as_.exclusiveOr(dst, dst, src);
          break;
        case SuperscalarOp::iaddRs:
          as_.add(dst, dst, src, in.shift());
          break;
        case SuperscalarOp::imulR:
          as_.mul(dst, dst, src);
          break;
        case SuperscalarOp::irorC:
          as_.ror(dst, dst, in.imm & 63);
          break;
        case SuperscalarOp::iaddC7:
        case SuperscalarOp::iaddC8:
        case SuperscalarOp::iaddC9:
          as_.addImmediate(dst, dst, constant, kTemporary);
          break;
        case SuperscalarOp::ixorC7:
        case SuperscalarOp::ixorC8:
        case SuperscalarOp::ixorC9:
          as_.mov(kTemporary, static_cast<uint64_t>(constant));
          as_.exclusiveOr(dst, dst, kTemporary);
          break;
        case SuperscalarOp::imulhR:
          as_.umulh(dst, dst, src);
          break;
        case SuperscalarOp::ismulhR:
          as_.smulh(dst, dst, src);
          break;
        case SuperscalarOp::imulRcp:
          as_.mov(kTemporary, *nextReciprocal++);
          as_.mul(dst, dst, kTemporary);
          break;
      }
    }
  }

  Assembler& as_;
  const SuperscalarPrograms& programs_;
};

}  // namespace

std::unique_ptr<DatasetJit> DatasetJit::compile(const SuperscalarPrograms& programs,
                                                const CpuFeatures&) {
  std::unique_ptr<DatasetJit> code(new DatasetJit(CodeBuffer(kCodeBytes)));
  CodeBuffer& buffer = code->buffer_;
  if (!buffer) return nullptr;
  uint8_t* memory = buffer.beginWriting();
  if (memory == nullptr) return nullptr;

  Assembler as(memory, buffer.size());
  ItemEmitter emitter(as, programs);
  const auto function = [&](size_t offset) {
    return reinterpret_cast<ItemFunction>(reinterpret_cast<uintptr_t>(buffer.executable()) +
                                          offset);
  };
  const size_t entry = emitter.entry();
  code->itemEntry_ = buffer.executable() + entry;
  code->item_ = function(emitter.function(entry));
  code->bulkPaths_.push_back({"scalar", kChunk, function(emitter.chunk())});

  if (!buffer.finishWriting(as.offset()) || as.overflowed()) return nullptr;
  return code;
}

}  // namespace ibct

#endif
