// Eight items side by side in AVX-512 registers: zmm16 … zmm23 hold r0 … r7, one item in each
// 64-bit lane. Only registers are used that every calling convention lets a function change (zmm0 …
// zmm5, zmm16 … zmm31).
#if defined(__x86_64__)

#include <array>
#include <utility>

#include "dataset_emitter.hpp"
#include "frame.hpp"
#include "superscalar_emitter.hpp"

namespace ibct::x86 {
namespace {

constexpr Width kWidth = Width::zmm;
constexpr unsigned kLanes = 8;
constexpr int32_t kGroupBytes = 64 * kLanes;  // the registers of eight items
constexpr unsigned kGroups = kLanes512Batch / kLanes;

constexpr Reg kCache = Reg::rdi;
constexpr Reg kNumber = Reg::rsi;  // of the group's first item
constexpr Reg kOut = Reg::rdx;
constexpr Reg kGroup = Reg::rbx;  // where the group's registers rest between two programs
constexpr Reg kEnd = Reg::rbp;
constexpr Reg kOffsets = Reg::rcx;  // of the group's cache lines, in a table on the stack

constexpr Vec kLow32 = vec(0);  // constants
constexpr Vec kLineMask = vec(1);
constexpr Vec r(unsigned index) { return vec(16 + index); }
constexpr Vec t(unsigned index) { return vec(24 + index); }  // scratch

// Constants of the code, written in front of it and read with RIP-relative addresses in the same
// order.
class Pool {
 public:
  explicit Pool(Assembler& out) : out_(out) {}
  void write(uint64_t value) { out_.data(value); }
  void rewind(size_t offset) { next_ = offset; }
  Mem next() { return inCode(std::exchange(next_, next_ + 8)); }

 private:
  Assembler& out_;
  size_t next_ = 0;
};

uint64_t signExtend(int32_t value) { return static_cast<uint64_t>(int64_t{value}); }

// First pass over a program: writes its constants.
struct PoolWriter {
  Pool& pool;

  void subtract(unsigned, unsigned) {}
  void exclusiveOr(unsigned, unsigned) {}
  void addShifted(unsigned, unsigned, unsigned) {}
  void multiply(unsigned, unsigned) {}
  void rotateRight(unsigned, unsigned) {}
  void multiplyHigh(unsigned, unsigned) {}
  void multiplyHighSigned(unsigned, unsigned) {}
  void addConstant(unsigned, int32_t value) { pool.write(signExtend(value)); }
  void exclusiveOrConstant(unsigned, int32_t value) { pool.write(signExtend(value)); }
  void multiplyConstant(unsigned, uint64_t value) { pool.write(value); }
};

// Second pass: the operations.
class Lanes512 {
 public:
  Lanes512(Assembler& out, Pool& pool) : out_(out), pool_(pool) {}

  void subtract(unsigned dst, unsigned src) { out_.vop(kPsubq, kWidth, r(dst), r(dst), r(src)); }
  void exclusiveOr(unsigned dst, unsigned src) { out_.vop(kPxorq, kWidth, r(dst), r(dst), r(src)); }
  void addShifted(unsigned dst, unsigned src, unsigned shift) {
    if (shift != 0) out_.vshiftLeft(kWidth, t(0), r(src), shift);
    out_.vop(kPaddq, kWidth, r(dst), r(dst), shift != 0 ? t(0) : r(src));
  }
  void multiply(unsigned dst, unsigned src) { out_.evop(kPmullq, kWidth, r(dst), r(dst), r(src)); }
  void rotateRight(unsigned dst, unsigned count) {
    out_.vrotateRight(kWidth, r(dst), r(dst), count);
  }
  void addConstant(unsigned dst, int32_t) {
    out_.evopBroadcast(kPaddq, kWidth, r(dst), r(dst), pool_.next());
  }
  void exclusiveOrConstant(unsigned dst, int32_t) {
    out_.evopBroadcast(kPxorq, kWidth, r(dst), r(dst), pool_.next());
  }
  void multiplyConstant(unsigned dst, uint64_t) {
    out_.evopBroadcast(kPmullq, kWidth, r(dst), r(dst), pool_.next());
  }
  void multiplyHigh(unsigned dst, unsigned src) { multiplyHigh(dst, src, false); }
  void multiplyHighSigned(unsigned dst, unsigned src) { multiplyHigh(dst, src, true); }

  void start() {
    // t0 = number of each item
    out_.vbroadcast(kWidth, t(0), kNumber);
    out_.vop(kPaddq, kWidth, t(0), t(0), laneNumbers_);
    out_.evopBroadcast(kPaddq, kWidth, r(0), t(0), one_);
    out_.evopBroadcast(kPmullq, kWidth, r(0), r(0), multiplier_);
    for (unsigned i = 1; i < 8; ++i) {
      Mem constant = itemConstants_;
      constant.displacement += static_cast<int32_t>(8 * (i - 1));
      out_.evopBroadcast(kPxorq, kWidth, r(i), r(0), constant);
    }
  }
  void load() {
    for (unsigned i = 0; i < 8; ++i)
      out_.vload(kWidth, r(i), ptr(kGroup, static_cast<int32_t>(64 * i)));
  }
  void store() {
    for (unsigned i = 0; i < 8; ++i)
      out_.vstore(kWidth, ptr(kGroup, static_cast<int32_t>(64 * i)), r(i));
  }
  // Notes the cache offsets that follow from the indices, and calls for the lines.
  void callForLines(Vec indices) {
    out_.vop(kPandq, kWidth, t(0), indices, kLineMask);
    out_.vshiftLeft(kWidth, t(0), t(0), 6);
    out_.vstore(kWidth, ptr(kOffsets), t(0));
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      out_.mov(Reg::rax, ptr(kOffsets, static_cast<int32_t>(8 * lane)));
      out_.prefetchNta(ptr(kCache, Reg::rax));
    }
  }
  void mixLines() {
    std::array<Vec, 8> lines;
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      lines[lane] = t(lane);
      out_.mov(Reg::rax, ptr(kOffsets, static_cast<int32_t>(8 * lane)));
      out_.vload(kWidth, lines[lane], ptr(kCache, Reg::rax));
    }
    transpose(lines);
    for (unsigned i = 0; i < 8; ++i) out_.vop(kPxorq, kWidth, r(i), r(i), lines[i]);
  }
  // From a register for all items to a row for each item.
  void storeItems() {
    std::array<Vec, 8> rows;
    for (unsigned i = 0; i < 8; ++i) rows[i] = r(i);
    transpose(rows);
    for (unsigned i = 0; i < 8; ++i)
      out_.vstore(kWidth, ptr(kGroup, static_cast<int32_t>(64 * i)), rows[i]);
  }

  void writeConstants() {
    out_.align(64);
    laneNumbers_ = inCode(out_.offset());
    for (unsigned lane = 0; lane < kLanes; ++lane) out_.data(lane);
    one_ = inCode(out_.offset());
    out_.data(1);
    multiplier_ = inCode(out_.offset());
    out_.data(kItemMultiplier);
    itemConstants_ = inCode(out_.offset());
    for (const uint64_t constant : kItemConstants) out_.data(constant);
    masks_ = inCode(out_.offset());
    out_.data(0xffffffff);
    out_.data(kCacheItemMask);
  }
  void loadConstants() {
    out_.vbroadcast(kWidth, kLow32, masks_);
    Mem second = masks_;
    second.displacement += 8;
    out_.vbroadcast(kWidth, kLineMask, second);
  }

 private:
  // Upper halves of the products from four 32 × 32-bit ones.
  void multiplyHigh(unsigned dst, unsigned src, bool isSigned) {
    const Vec a = r(dst), b = r(src);
    const Vec aHigh = t(0), bHigh = t(1), low = t(2), cross = t(3), otherCross = t(4), high = t(5);
    if (isSigned) {
      out_.vsigns(kWidth, 1, a);
      out_.vsigns(kWidth, 2, b);
    }
    out_.vshiftRight(kWidth, aHigh, a, 32);
    out_.vshiftRight(kWidth, bHigh, b, 32);
    out_.vop(kPmuludq, kWidth, low, a, b);
    out_.vop(kPmuludq, kWidth, cross, aHigh, b);
    out_.vop(kPmuludq, kWidth, otherCross, a, bHigh);
    out_.vop(kPmuludq, kWidth, high, aHigh, bHigh);
    out_.vshiftRight(kWidth, low, low, 32);
    out_.vop(kPaddq, kWidth, cross, cross, low);
    out_.vop(kPandq, kWidth, low, cross, kLow32);
    out_.vshiftRight(kWidth, cross, cross, 32);
    out_.vop(kPaddq, kWidth, otherCross, otherCross, low);
    out_.vop(kPaddq, kWidth, high, high, cross);
    out_.vshiftRight(kWidth, otherCross, otherCross, 32);
    if (isSigned) {
      // A negative factor counted 2^64 too much: the other factor too much in the upper half.
      out_.evopMasked(kPsubq, kWidth, 1, high, high, b);
      out_.evopMasked(kPsubq, kWidth, 2, high, high, a);
    }
    out_.vop(kPaddq, kWidth, a, high, otherCross);
  }

  // 8 × 8 words: rows and columns change places. The results are in other registers than before:
  // `rows` says where.
  void transpose(std::array<Vec, 8>& rows) {
    Vec spare = vec(2);
    const auto exchange = [&](Vec& a, Vec& b, auto first, auto second) {
      first(spare, a, b);
      second(b, a, b);
      std::swap(spare, a);
    };
    const auto unpackLow = [&](Vec dst, Vec a, Vec b) { out_.vop(kPunpcklqdq, kWidth, dst, a, b); };
    const auto unpackHigh = [&](Vec dst, Vec a, Vec b) {
      out_.vop(kPunpckhqdq, kWidth, dst, a, b);
    };
    const auto even = [&](Vec dst, Vec a, Vec b) { out_.vshuffle128(dst, a, b, 0x88); };
    const auto odd = [&](Vec dst, Vec a, Vec b) { out_.vshuffle128(dst, a, b, 0xDD); };
    for (unsigned i = 0; i < 8; i += 2) exchange(rows[i], rows[i + 1], unpackLow, unpackHigh);
    for (const unsigned i : {0u, 1u, 4u, 5u}) exchange(rows[i], rows[i + 2], even, odd);
    for (unsigned i = 0; i < 4; ++i) exchange(rows[i], rows[i + 4], even, odd);
  }

  Assembler& out_;
  Pool& pool_;
  Mem laneNumbers_{}, one_{}, multiplier_{}, itemConstants_{}, masks_{};
};

}  // namespace

size_t emitLanes512Batch(Assembler& out, const SuperscalarPrograms& programs) {
  Pool pool(out);
  Lanes512 lanes(out, pool);
  lanes.writeConstants();
  pool.rewind(out.offset());
  PoolWriter poolWriter{pool};
  for (const SuperscalarProgram& program : programs) emitSuperscalar(poolWriter, program);

  out.align(64);
  const size_t entry = out.offset();
  enter(out);
  constexpr int32_t kTableBytes = 64 * kGroups;
  out.sub(Reg::rsp, kTableBytes);
  lanes.loadConstants();
  out.lea(kEnd, ptr(kOut, kGroupBytes * static_cast<int32_t>(kGroups)));

  for (unsigned round = 0; round < kCacheAccesses; ++round) {
    const SuperscalarProgram& program = programs[round];
    out.mov(kGroup, kOut);
    out.mov(kOffsets, Reg::rsp);
    out.align(64);
    const size_t loop = out.offset();
    if (round == 0) {
      lanes.start();
      lanes.callForLines(t(0));
      out.add(kNumber, kLanes);
    } else {
      lanes.load();
    }
    emitSuperscalar(lanes, program);
    lanes.mixLines();
    if (round + 1 < kCacheAccesses) {
      lanes.callForLines(r(program.addressRegister));
      lanes.store();
    } else {
      lanes.storeItems();
    }
    out.add(kOffsets, 64);
    out.add(kGroup, kGroupBytes);
    out.cmp(kGroup, kEnd);
    out.jump(Condition::notZero, loop);
  }
  out.add(Reg::rsp, kTableBytes);
  out.vzeroupper();
  leave(out);
  return entry;
}

}  // namespace ibct::x86

#endif
