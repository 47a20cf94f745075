// What generated code assumes: which register holds what, and the memory it shares with C++.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "../../../vm/program.hpp"
#include "../assembler.hpp"

namespace ibct::x86 {

// r0…r7 live in r8…r15 while their lane runs.
constexpr Reg vmReg(unsigned number) { return static_cast<Reg>(8 + number); }
constexpr Vec fReg(unsigned number) { return vec(number); }
constexpr Vec eReg(unsigned number) { return vec(4 + number); }
constexpr Vec kTemporary = vec(12);
constexpr Vec kEKeep = vec(13);     // ANDed into E operands, then the program's E mask is ORed
constexpr Vec kScale = vec(15);     // FSCAL_R
constexpr Vec kWideLine = vec(16);  // a sleeping lane's r0…r7
constexpr Reg kContext = Reg::rbp;
constexpr Reg kScratchpad = Reg::rsi;
constexpr Reg kDataset = Reg::rdi;
constexpr Reg kLine0 =
    Reg::rbx;  // scratchpad lines between a tail and the next head; free elsewhere
constexpr Reg kLine1 = Reg::rax;
// rax, rcx, rdx are temporaries.

// A store of level 3 in a batch. Its line comes from far, and all later stores would wait behind
// it: so the line is called for, and written to when the lane is served.
struct DeferredStore {
  uint8_t* at;
  uint64_t value;
};
constexpr size_t kMaxDeferredStores = 8;

struct alignas(64) LaneContext {
  RegisterFile registers;  // r: while the lane sleeps; f, e: after the last iteration
  std::array<uint64_t, 2> eSet;
  uint8_t* scratchpad;
  uint32_t line0;  // scratchpad lines of the iteration that runs or comes next
  uint32_t line1;
  uint32_t ma;
  uint32_t mx;
  uint32_t modeOffset;     // rounding by control word: of the lane's in Context::controlWords
  uint64_t datasetOffset;  // of the program: added to all its dataset addresses, in bytes

  // Embedded rounding: where the code for each mode starts, and for the mode in force. Null when
  // the program changes no mode.
  std::array<const uint8_t*, 4> entries;
  const uint8_t* entry;

  // Batches only.
  uint32_t oldLine0;  // scratchpad lines of the iteration that ended
  uint32_t oldLine1;
  const uint8_t* readLine;                               // the dataset line it has yet to be given
  const uint8_t* nextLine;                               // the dataset line to prefetch
  alignas(64) std::array<uint64_t, 8> asleep;            // r after the program, before readLine
  std::array<DeferredStore, kMaxDeferredStores> stores;  // in the program's order
  size_t storeCount;
  uint64_t nowhere;  // written to where there is nothing to write
};

struct alignas(64) Context {
  std::array<uint64_t, 2> eKeep;
  std::array<uint64_t, 2> scale;
  uint64_t lineMasks;      // for line0 and line1 at once
  const void* source;      // the dataset (for one lane: from its dataset offset on), the cache's
                           // memory, or the Cache, by ItemSource
  const void* makeItem;    // itemEntry(), or void (const Cache*, uint64_t number, uint8_t* out)
  const void* makeListed;  // void (const Cache*, const uint64_t* numbers, uint8_t* out)
  const void* mixSoftly;  // version 2 without AES instructions: void (uint8_t* f, const uint8_t* e)
  uint32_t callersMxcsr;
  std::array<uint32_t, 4> controlWords;  // MXCSR for each mode
  uint32_t iterationsLeft;
  uint32_t turnsEnded;  // 0 in the first turn, 1 later
  uint32_t itemsAhead;  // 1: the turn before made the items of this one
  alignas(64) uint8_t item[64];
  // Of the lines that the lanes read in this turn, then in the next: both are made in every other.
  alignas(64) std::array<uint64_t, 2 * kMaxLanes> itemNumbers;
  alignas(64) uint8_t items[2 * kMaxLanes][64];
  std::array<LaneContext, kMaxLanes> lanes;
};

// Functions that generated code calls, and the generated code itself, use one convention
// everywhere.
#define IBCT_JIT_ABI __attribute__((sysv_abi))

constexpr size_t rAt(unsigned i) { return offsetof(LaneContext, registers) + 8 * i; }
constexpr size_t fAt(unsigned i) { return offsetof(LaneContext, registers) + 64 + 16 * i; }
constexpr size_t eAt(unsigned i) { return offsetof(LaneContext, registers) + 128 + 16 * i; }
constexpr size_t aAt(unsigned i) { return offsetof(LaneContext, registers) + 192 + 16 * i; }
constexpr size_t storeAt(size_t i) {
  return offsetof(LaneContext, stores) + i * sizeof(DeferredStore) + offsetof(DeferredStore, at);
}
constexpr size_t storeValueAt(size_t i) {
  return offsetof(LaneContext, stores) + i * sizeof(DeferredStore) + offsetof(DeferredStore, value);
}

// Rounding by control word: LaneContext::modeOffset.
constexpr unsigned kModeOffsetShift = 2;
constexpr uint32_t modeOffset(unsigned mode) { return mode << kModeOffsetShift; }
constexpr unsigned modeAt(uint32_t offset) { return offset >> kModeOffsetShift; }

inline Mem contextField(size_t offset) { return ptr(kContext, static_cast<int32_t>(offset)); }
// MXCSR for the mode whose offset is in the register.
inline Mem controlWord(Reg modeOffset) {
  return ptr(kContext, modeOffset, static_cast<int32_t>(offsetof(Context, controlWords)));
}
inline Mem laneField(unsigned lane, size_t offset) {
  return contextField(offsetof(Context, lanes) + lane * sizeof(LaneContext) + offset);
}

}  // namespace ibct::x86
