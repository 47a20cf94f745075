#if defined(__x86_64__)

#include <array>
#include <utility>

#include "item_emitters.hpp"
#include "vector_chunk.hpp"
#include "vector_items.hpp"

namespace ibct::x86 {
namespace {

constexpr Width kWidth = Width::zmm;
constexpr unsigned kItems = 8;

// Eight items in AVX-512 registers: zmm16 … zmm23 hold r0 … r7, one item in each 64-bit element.
// Only registers are used that every calling convention lets a function change (zmm0 … zmm5, zmm16
// … zmm31).
class VectorItems512 : public VectorItems<kWidth, kItems, 16, 24> {
 public:
  using VectorItems::VectorItems;

  static constexpr int32_t kSavedBytes = 0;
  static void saveRegisters(Assembler&, int32_t) {}
  static void restoreRegisters(Assembler&, int32_t) {}

  void writeConstants() {
    out_.align(64);
    itemNumbers_ = inCode(out_.offset());
    for (unsigned item = 0; item < kItems; ++item) out_.data(item);
    one_ = constant(1);
    multiplier_ = constant(kItemMultiplier);
    for (unsigned i = 0; i < 7; ++i) itemConstants_[i] = constant(kItemConstants[i]);
    low32Source_ = constant(0xffffffff);
    lineMaskSource_ = constant(kCacheItemMask);
  }
  void loadConstants() {
    out_.vbroadcast(kWidth, kLow32, low32Source_);
    out_.vbroadcast(kWidth, kLineMask, lineMaskSource_);
  }

  void multiply(unsigned dst, unsigned src) { out_.evop(kPmullq, kWidth, r(dst), r(dst), r(src)); }
  void rotateRight(unsigned dst, unsigned count) {
    out_.vrotateRight(kWidth, r(dst), r(dst), count);
  }
  void addConstant(unsigned dst, int32_t) {
    out_.evopBroadcast(kPaddq, kWidth, r(dst), r(dst), programConstants_->next());
  }
  void exclusiveOrConstant(unsigned dst, int32_t) {
    out_.evopBroadcast(kPxorq, kWidth, r(dst), r(dst), programConstants_->next());
  }
  void multiplyConstant(unsigned dst, uint64_t) {
    out_.evopBroadcast(kPmullq, kWidth, r(dst), r(dst), programConstants_->next());
  }
  void multiplyHigh(unsigned dst, unsigned src) { multiplyHigh(dst, src, false); }
  void multiplyHighSigned(unsigned dst, unsigned src) { multiplyHigh(dst, src, true); }

  // The first registers of the items from `number` on, which advances; calls for their first lines.
  void start(Mem number) {
    out_.mov(Reg::rax, number);
    out_.vbroadcast(kWidth, t(1), Reg::rax);
    out_.vop(kPaddq, kWidth, t(1), t(1), itemNumbers_);
    out_.add(Reg::rax, static_cast<int32_t>(kItems));
    out_.mov(number, Reg::rax);
    out_.evopBroadcast(kPaddq, kWidth, r(0), t(1), one_);
    out_.evopBroadcast(kPmullq, kWidth, r(0), r(0), multiplier_);
    for (unsigned i = 1; i < 8; ++i)
      out_.evopBroadcast(kPxorq, kWidth, r(i), r(0), itemConstants_[i - 1]);
    callForLinesOf(t(1), kLineMask);
  }
  // From a register for all items to a row for each item.
  void storeItems() {
    std::array<Vec, 8> items;
    for (unsigned i = 0; i < 8; ++i) items[i] = r(i);
    transpose(items);
    for (unsigned i = 0; i < 8; ++i) out_.vstore(kWidth, row(i), items[i]);
  }
  void callForLines(unsigned addressRegister) { callForLinesOf(r(addressRegister), kLineMask); }
  void mixLines() {
    std::array<Vec, 8> lines;
    for (unsigned item = 0; item < kItems; ++item) {
      lines[item] = t(item);
      out_.mov(Reg::rax, offset(item));
      out_.vload(kWidth, lines[item], ptr(kChunkCache, Reg::rax));
    }
    transpose(lines);
    for (unsigned i = 0; i < 8; ++i) out_.vop(kPxorq, kWidth, r(i), r(i), lines[i]);
  }

 private:
  static constexpr Vec kLow32 = vec(0);
  static constexpr Vec kLineMask = vec(1);
  static constexpr Vec kSpare = vec(2);

  Mem constant(uint64_t value) {
    const Mem place = inCode(out_.offset());
    out_.data(value);
    return place;
  }

  void multiplyHigh(unsigned dst, unsigned src, bool isSigned) {
    const Vec a = r(dst), b = r(src);
    if (isSigned) {
      out_.vsigns(kWidth, 1, a);
      out_.vsigns(kWidth, 2, b);
    }
    multiplyUnsignedHigh(a, b, kLow32);
    if (isSigned) {
      // Each negative factor counted 2^64 too much: the other factor is too much in the upper half.
      out_.evopMasked(kPsubq, kWidth, 1, kUpper, kUpper, b);
      out_.evopMasked(kPsubq, kWidth, 2, kUpper, kUpper, a);
    }
    out_.vop(kPaddq, kWidth, a, kUpper, kCarried);
  }

  // 8 × 8 words: rows and columns change places. The results are in other registers than before:
  // `rows` says where.
  void transpose(std::array<Vec, 8>& rows) {
    Vec spare = kSpare;
    const auto exchange = [&](Vec& a, Vec& b, auto first, auto second) {
      first(spare, a, b);
      second(b, a, b);
      std::swap(spare, a);
    };
    const auto low = [&](Vec dst, Vec a, Vec b) { out_.vop(kPunpcklqdq, kWidth, dst, a, b); };
    const auto high = [&](Vec dst, Vec a, Vec b) { out_.vop(kPunpckhqdq, kWidth, dst, a, b); };
    const auto even = [&](Vec dst, Vec a, Vec b) { out_.vshuffle128(dst, a, b, 0x88); };
    const auto odd = [&](Vec dst, Vec a, Vec b) { out_.vshuffle128(dst, a, b, 0xDD); };
    for (unsigned i = 0; i < 8; i += 2) exchange(rows[i], rows[i + 1], low, high);
    for (const unsigned i : {0u, 1u, 4u, 5u}) exchange(rows[i], rows[i + 2], even, odd);
    for (unsigned i = 0; i < 4; ++i) exchange(rows[i], rows[i + 4], even, odd);
  }

  Mem itemNumbers_{}, one_{}, multiplier_{}, low32Source_{}, lineMaskSource_{};
  std::array<Mem, 7> itemConstants_{};
};

}  // namespace

size_t emitVectorChunk512(Assembler& out, const SuperscalarPrograms& programs, ChunkShape shape) {
  return VectorChunk<VectorItems512>(out, programs, shape).emit();
}

}  // namespace ibct::x86

#endif
