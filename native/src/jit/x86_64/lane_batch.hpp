// A batch of items on the lanes of vector registers, with some more in the integer registers beside
// them: both kinds of execution units work at the same time.
#pragma once

#include <functional>
#include <vector>

#include "assembler.hpp"
#include "dataset_emitter.hpp"
#include "frame.hpp"
#include "lane_pool.hpp"
#include "scalar_lane.hpp"
#include "superscalar_emitter.hpp"

namespace ibct::x86 {

// Registers of the batch code. Scalar items use r8 … r15, rax and rdx too; vector code uses rax
// while no scalar item needs it.
constexpr Reg kBatchCache = Reg::rdi;
constexpr Reg kBatchGroup = Reg::rbx;    // where the group's vectors rest between two programs
constexpr Reg kBatchOffsets = Reg::rsi;  // of the group's cache lines, in a table on the stack
constexpr Reg kBatchItem = Reg::rbp;     // where the next scalar item's registers rest
constexpr Reg kBatchLine = Reg::rcx;     // the scalar item's cache line

// Lanes: the operations of emitSuperscalar and start, load, store, storeItems, callForLines,
// mixLines; see lanes512_emitter.cpp.
template <typename Lanes>
class LaneBatch {
 public:
  LaneBatch(Assembler& out, const SuperscalarPrograms& programs, BatchShape shape)
      : out_(out), programs_(programs), shape_(shape), lanes_(out), scalar_(out) {}

  size_t emit() {
    lanes_.writeConstants();
    LanePool pool(out_);
    for (const SuperscalarProgram& program : programs_) pool.write(program);
    lanes_.usePool(pool);

    out_.align(64);
    const size_t entry = out_.offset();
    enter(out_);
    out_.sub(Reg::rsp, frameBytes());
    Lanes::saveRegisters(out_, tableBytes() + 32);
    lanes_.loadConstants();
    out_.mov(number(), Reg::rsi);
    out_.mov(begin(), Reg::rdx);
    out_.lea(Reg::rax, ptr(Reg::rdx, vectorBytes()));
    out_.mov(end(), Reg::rax);
    out_.add(Reg::rsi, static_cast<int32_t>(shape_.lanes * shape_.groups));
    out_.mov(scalarNumber(), Reg::rsi);
    for (unsigned round = 0; round < kCacheAccesses; ++round) emitRound(round);
    Lanes::restoreRegisters(out_, tableBytes() + 32);
    out_.add(Reg::rsp, frameBytes());
    out_.vzeroupper();
    leave(out_);
    return entry;
  }

 private:
  static int32_t bytes(unsigned count) { return static_cast<int32_t>(count); }
  int32_t vectorBytes() const { return bytes(64 * shape_.lanes * shape_.groups); }
  // The stack: offsets of the lines, four words, registers of the caller.
  int32_t tableBytes() const { return bytes(8 * shape_.lanes * shape_.groups); }
  int32_t frameBytes() const { return tableBytes() + 32 + Lanes::kSavedBytes; }
  Mem number() const { return ptr(Reg::rsp, tableBytes()); }
  Mem scalarNumber() const { return ptr(Reg::rsp, tableBytes() + 8); }
  Mem begin() const { return ptr(Reg::rsp, tableBytes() + 16); }
  Mem end() const { return ptr(Reg::rsp, tableBytes() + 24); }

  void emitRound(unsigned round) {
    const SuperscalarProgram& program = programs_[round];
    const bool isLast = round + 1 == kCacheAccesses;
    out_.mov(kBatchGroup, begin());
    out_.mov(kBatchItem, end());
    out_.mov(kBatchOffsets, Reg::rsp);
    out_.align(64);
    const size_t loop = out_.offset();
    if (round == 0) {
      lanes_.start(number());
    } else {
      lanes_.load();
    }
    emitPrograms(program, scalarSteps(round));
    lanes_.mixLines();
    if (isLast) {
      lanes_.storeItems();
    } else {
      lanes_.callForLines(program.addressRegister);
      lanes_.store();
    }
    out_.add(kBatchOffsets, bytes(8 * shape_.lanes));
    out_.add(kBatchGroup, bytes(64 * shape_.lanes));
    out_.cmp(kBatchGroup, end());
    out_.jump(Condition::notZero, loop);
  }

  // What the scalar items of a group do in a round, in small steps.
  using Steps = std::vector<std::function<void()>>;
  Steps scalarSteps(unsigned round) {
    const SuperscalarProgram& program = programs_[round];
    Steps steps;
    for (unsigned item = 0; item < shape_.scalars; ++item) {
      steps.push_back([this, round] { beginScalar(round); });
      for (uint32_t i = 0; i < program.size; ++i)
        steps.push_back([this, &program, i] { emitSuperscalar(scalar_, program.code[i]); });
      steps.push_back([this, round] { endScalar(round); });
    }
    return steps;
  }

  void beginScalar(unsigned round) {
    if (round == 0) {
      out_.mov(kBatchLine, scalarNumber());
      scalar_.start(kBatchLine);
      out_.lea(Reg::rax, ptr(kBatchLine, 1));
      out_.mov(scalarNumber(), Reg::rax);
      scalar_.callForLine(kBatchLine, kBatchCache);
    } else {
      scalar_.load(kBatchItem);
      out_.mov(kBatchLine, ScalarLane::r(programs_[round - 1].addressRegister));
      scalar_.findLine(kBatchLine, kBatchCache);
    }
  }

  void endScalar(unsigned round) {
    scalar_.mixLine(kBatchLine);
    scalar_.store(kBatchItem);
    out_.add(kBatchItem, 64);
    if (round + 1 == kCacheAccesses) return;
    out_.mov(kBatchLine, ScalarLane::r(programs_[round].addressRegister));
    scalar_.callForLine(kBatchLine, kBatchCache);
  }

  // The vector instructions in order, with the scalar steps spread evenly among them.
  void emitPrograms(const SuperscalarProgram& program, const Steps& steps) {
    size_t done = 0;
    for (uint32_t i = 0; i < program.size; ++i) {
      emitSuperscalar(lanes_, program.code[i]);
      for (; done < steps.size() * (i + 1) / program.size; ++done) steps[done]();
    }
  }

  Assembler& out_;
  const SuperscalarPrograms& programs_;
  BatchShape shape_;
  Lanes lanes_;
  ScalarLane scalar_;
};

}  // namespace ibct::x86
