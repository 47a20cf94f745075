#if defined(__x86_64__)

#include <array>

#include "item_emitters.hpp"
#include "vector_chunk.hpp"
#include "vector_items.hpp"

namespace ibct::x86 {
namespace {

constexpr Width kWidth = Width::ymm;
constexpr unsigned kItems = 4;

// Four items in AVX2 registers: ymm8 … ymm15 hold r0 … r7, one item in each 64-bit element; ymm0 …
// ymm7 are scratch.
class VectorItems256 : public VectorItems<kWidth, kItems, 8, 0> {
 public:
  using VectorItems::VectorItems;

#if defined(_WIN32)
  static constexpr unsigned kFirstSaved = 6;  // xmm6 … xmm15 belong to the caller
#else
  static constexpr unsigned kFirstSaved = 16;
#endif
  static constexpr int32_t kSavedBytes = 16 * (16 - kFirstSaved);
  static void saveRegisters(Assembler& out, int32_t at) {
    for (unsigned i = kFirstSaved; i < 16; ++i, at += 16)
      out.vstore(Width::xmm, ptr(Reg::rsp, at), vec(i));
  }
  static void restoreRegisters(Assembler& out, int32_t at) {
    for (unsigned i = kFirstSaved; i < 16; ++i, at += 16)
      out.vload(Width::xmm, vec(i), ptr(Reg::rsp, at));
  }

  void writeConstants() {
    out_.align(64);
    itemNumbers_ = inCode(out_.offset());
    for (unsigned item = 0; item < kItems; ++item) out_.data(item);
    ones_ = all(1);
    low32_ = all(0x00000000ffffffff);
    high32_ = all(0xffffffff00000000);
    lineMask_ = all(kCacheItemMask);
    multiplier_ = all(kItemMultiplier);
    for (unsigned i = 0; i < 7; ++i) itemConstants_[i] = all(kItemConstants[i]);
  }
  void loadConstants() {}

  void rotateRight(unsigned dst, unsigned count) {
    if (count == 32) return out_.vswapHalves(kWidth, r(dst), r(dst));
    out_.vshiftLeft(kWidth, t(0), r(dst), 64 - count);
    out_.vshiftRight(kWidth, r(dst), r(dst), count);
    out_.vop(kPorq, kWidth, r(dst), r(dst), t(0));
  }
  void addConstant(unsigned dst, int32_t) {
    out_.vbroadcast(kWidth, t(0), programConstants_->next());
    out_.vop(kPaddq, kWidth, r(dst), r(dst), t(0));
  }
  void exclusiveOrConstant(unsigned dst, int32_t) {
    out_.vbroadcast(kWidth, t(0), programConstants_->next());
    out_.vop(kPxorq, kWidth, r(dst), r(dst), t(0));
  }
  void multiply(unsigned dst, unsigned src) { multiplyLow(r(dst), r(src)); }
  void multiplyConstant(unsigned dst, uint64_t) {
    out_.vbroadcast(kWidth, t(3), programConstants_->next());
    multiplyLow(r(dst), t(3));
  }
  void multiplyHigh(unsigned dst, unsigned src) { multiplyHigh(dst, src, false); }
  void multiplyHighSigned(unsigned dst, unsigned src) { multiplyHigh(dst, src, true); }

  void start(Mem number) {
    out_.vbroadcast(kWidth, r(0), number);
    out_.vop(kPaddq, kWidth, r(0), r(0), itemNumbers_);
    out_.mov(Reg::rax, number);
    out_.add(Reg::rax, static_cast<int32_t>(kItems));
    out_.mov(number, Reg::rax);
    startNumbered();
  }
  // list: the address of the group's numbers, moved on to the next group's.
  void startListed(Mem list) {
    out_.mov(Reg::rax, list);
    out_.vload(kWidth, r(0), ptr(Reg::rax));
    out_.add(Reg::rax, static_cast<int32_t>(8 * kItems));
    out_.mov(list, Reg::rax);
    startNumbered();
  }
  // The numbers are in r0.
  void startNumbered() {
    callForLinesOf(r(0), lineMask_);
    out_.vop(kPaddq, kWidth, r(0), r(0), ones_);
    out_.vload(kWidth, t(3), multiplier_);
    multiplyLow(r(0), t(3));
    for (unsigned i = 1; i < 8; ++i) out_.vop(kPxorq, kWidth, r(i), r(0), itemConstants_[i - 1]);
  }
  // From a register for all items to a row for each item: two words of two items at a time.
  void storeItems() {
    for (unsigned i = 0; i < 8; i += 2) {
      out_.vop(kPunpcklqdq, kWidth, t(i), r(i), r(i + 1));
      out_.vop(kPunpckhqdq, kWidth, t(i + 1), r(i), r(i + 1));
    }
    for (unsigned i = 0; i < 8; i += 2) {
      out_.vstore(Width::xmm, word(0, i), t(i));
      out_.vextractUpper(word(2, i), t(i));
      out_.vstore(Width::xmm, word(1, i), t(i + 1));
      out_.vextractUpper(word(3, i), t(i + 1));
    }
  }
  void callForLines(unsigned addressRegister) { callForLinesOf(r(addressRegister), lineMask_); }
  void mixLines() {
    constexpr Reg kLines[kItems] = {Reg::rax, Reg::rdx, Reg::rcx, Reg::r8};
    for (unsigned item = 0; item < kItems; ++item) out_.mov(kLines[item], offset(item));
    for (unsigned i = 0; i < 8; i += 2) {
      const auto words = [&](unsigned item) {
        return ptr(kChunkCache, kLines[item], static_cast<int32_t>(8 * i));
      };
      const Vec evenItems = t(i % 4), oddItems = t(i % 4 + 1), mixed = t(4 + i % 4);
      out_.vload(Width::xmm, evenItems, words(0));
      out_.vload(Width::xmm, oddItems, words(1));
      out_.vinsertUpper(evenItems, evenItems, words(2));
      out_.vinsertUpper(oddItems, oddItems, words(3));
      out_.vop(kPunpcklqdq, kWidth, mixed, evenItems, oddItems);
      out_.vop(kPxorq, kWidth, r(i), r(i), mixed);
      out_.vop(kPunpckhqdq, kWidth, mixed, evenItems, oddItems);
      out_.vop(kPxorq, kWidth, r(i + 1), r(i + 1), mixed);
    }
  }

 private:
  static constexpr Mem word(unsigned item, unsigned i) {
    return ptr(kChunkGroup, static_cast<int32_t>(64 * item + 8 * i));
  }

  // The value in all elements.
  Mem all(uint64_t value) {
    const Mem place = inCode(out_.offset());
    for (unsigned item = 0; item < kItems; ++item) out_.data(value);
    return place;
  }

  // The lower half of the product: the product of the lower halves, and both mixed products in the
  // upper half. Changes t0 … t2.
  void multiplyLow(Vec a, Vec b) {
    out_.vswapHalves(kWidth, t(0), b);
    out_.vop(kPmulld, kWidth, t(0), t(0), a);  // both mixed products, 32 bits each
    out_.vop(kPmuludq, kWidth, t(2), a, b);
    out_.vshiftLeft(kWidth, t(1), t(0), 32);
    out_.vop(kPaddd, kWidth, t(0), t(0), t(1));  // their sum in the upper half
    out_.vop(kPandq, kWidth, t(0), t(0), high32_);
    out_.vop(kPaddq, kWidth, a, t(2), t(0));
  }

  void multiplyHigh(unsigned dst, unsigned src, bool isSigned) {
    const Vec a = r(dst), b = r(src);
    const Vec correction = t(6), sign = t(7);
    if (isSigned) {
      // Each negative factor counts 2^64 too much: the other factor is too much in the upper half.
      out_.vop(kPxorq, kWidth, correction, correction, correction);
      out_.vop(kPcmpgtq, kWidth, sign, correction, a);
      out_.vop(kPcmpgtq, kWidth, correction, correction, b);
      out_.vop(kPandq, kWidth, sign, sign, b);
      out_.vop(kPandq, kWidth, correction, correction, a);
      out_.vop(kPaddq, kWidth, correction, correction, sign);
    }
    multiplyUnsignedHigh(a, b, low32_);
    if (isSigned) out_.vop(kPsubq, kWidth, kUpper, kUpper, correction);
    out_.vop(kPaddq, kWidth, a, kUpper, kCarried);
  }

  Mem itemNumbers_{}, ones_{}, low32_{}, high32_{}, lineMask_{}, multiplier_{};
  std::array<Mem, 7> itemConstants_{};
};

}  // namespace

size_t emitVectorChunk256(Assembler& out, const SuperscalarPrograms& programs, ChunkShape shape) {
  return VectorChunk<VectorItems256>(out, programs, shape).emit();
}

size_t emitListedItems256(Assembler& out, const SuperscalarPrograms& programs) {
  return VectorChunk<VectorItems256, Numbers::listed>(out, programs,
                                                      {kItems, 0, kListedItems / kItems})
      .emit();
}

}  // namespace ibct::x86

#endif
