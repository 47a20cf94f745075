// A chunk of items in vector registers, with some more in the integer registers beside
// them: both kinds of execution units work at the same time.
#pragma once

#include <functional>
#include <vector>

#include "../assembler.hpp"
#include "function_frame.hpp"
#include "item_emitters.hpp"
#include "scalar_item.hpp"
#include "superscalar_emitter.hpp"
#include "vector_constants.hpp"

namespace ibct::x86 {

// Registers of the chunk's code. Scalar items use r8 … r15, rax and rdx too; vector code uses rax
// while no scalar item needs it.
constexpr Reg kChunkCache = Reg::rdi;
constexpr Reg kChunkGroup = Reg::rbx;    // where the group's vectors rest between two programs
constexpr Reg kChunkOffsets = Reg::rsi;  // of the group's cache lines, in a table on the stack
constexpr Reg kChunkItem = Reg::rbp;     // where the next scalar item's registers rest
constexpr Reg kChunkLine = Reg::rcx;     // the scalar item's cache line

// Which items a chunk makes: as many as it holds from a number on, or those in a list.
enum class Numbers : uint8_t { consecutive, listed };

// Items: the operations of emitSuperscalar and start, load, store, storeItems, callForLines,
// mixLines; see vector512_emitter.cpp. For listed numbers startListed too.
template <typename Items, Numbers kNumbers = Numbers::consecutive>
class VectorChunk {
 public:
  VectorChunk(Assembler& out, const SuperscalarPrograms& programs, ChunkShape shape)
      : out_(out), programs_(programs), shape_(shape), items_(out), scalar_(out) {}

  size_t emit() {
    items_.writeConstants();
    VectorConstants constants(out_);
    for (const SuperscalarProgram& program : programs_) constants.write(program);
    items_.useProgramConstants(constants);

    out_.align(64);
    const size_t entry = out_.offset();
    enter(out_);
    out_.sub(Reg::rsp, frameBytes());
    Items::saveRegisters(out_, tableBytes() + 32);
    items_.loadConstants();
    out_.mov(number(), Reg::rsi);
    out_.mov(begin(), Reg::rdx);
    out_.lea(Reg::rax, ptr(Reg::rdx, vectorBytes()));
    out_.mov(end(), Reg::rax);
    out_.add(Reg::rsi, static_cast<int32_t>(shape_.vectorItems * shape_.groups));
    out_.mov(scalarNumber(), Reg::rsi);
    for (unsigned round = 0; round < kCacheAccesses; ++round) emitRound(round);
    Items::restoreRegisters(out_, tableBytes() + 32);
    out_.add(Reg::rsp, frameBytes());
    out_.vzeroupper();
    leave(out_);
    return entry;
  }

 private:
  static int32_t bytes(unsigned count) { return static_cast<int32_t>(count); }
  int32_t vectorBytes() const { return bytes(64 * shape_.vectorItems * shape_.groups); }
  // The stack: offsets of the lines, four words, registers of the caller.
  int32_t tableBytes() const { return bytes(8 * shape_.vectorItems * shape_.groups); }
  int32_t frameBytes() const { return tableBytes() + 32 + Items::kSavedBytes; }
  Mem number() const { return ptr(Reg::rsp, tableBytes()); }
  Mem scalarNumber() const { return ptr(Reg::rsp, tableBytes() + 8); }
  Mem begin() const { return ptr(Reg::rsp, tableBytes() + 16); }
  Mem end() const { return ptr(Reg::rsp, tableBytes() + 24); }

  void emitRound(unsigned round) {
    const SuperscalarProgram& program = programs_[round];
    const bool isLast = round + 1 == kCacheAccesses;
    out_.mov(kChunkGroup, begin());
    out_.mov(kChunkItem, end());
    out_.mov(kChunkOffsets, Reg::rsp);
    out_.align(64);
    const size_t loop = out_.offset();
    if (round == 0) {
      if constexpr (kNumbers == Numbers::listed)
        items_.startListed(number());
      else
        items_.start(number());
    } else {
      items_.load();
    }
    emitPrograms(program, scalarSteps(round));
    items_.mixLines();
    if (isLast) {
      items_.storeItems();
    } else {
      items_.callForLines(program.addressRegister);
      items_.store();
    }
    out_.add(kChunkOffsets, bytes(8 * shape_.vectorItems));
    out_.add(kChunkGroup, bytes(64 * shape_.vectorItems));
    out_.cmp(kChunkGroup, end());
    out_.jump(Condition::notZero, loop);
  }

  // What the scalar items of a group do in a round, in small steps.
  using Steps = std::vector<std::function<void()>>;
  Steps scalarSteps(unsigned round) {
    const SuperscalarProgram& program = programs_[round];
    Steps steps;
    for (unsigned item = 0; item < shape_.scalarItems; ++item) {
      steps.push_back([this, round] { beginScalar(round); });
      for (uint32_t i = 0; i < program.size; ++i)
        steps.push_back([this, &program, i] { emitSuperscalar(scalar_, program.code[i]); });
      steps.push_back([this, round] { endScalar(round); });
    }
    return steps;
  }

  void beginScalar(unsigned round) {
    if (round == 0) {
      out_.mov(kChunkLine, scalarNumber());
      scalar_.start(kChunkLine);
      out_.lea(Reg::rax, ptr(kChunkLine, 1));
      out_.mov(scalarNumber(), Reg::rax);
      scalar_.callForLine(kChunkLine, kChunkCache);
    } else {
      scalar_.load(kChunkItem);
      out_.mov(kChunkLine, ScalarItem::r(programs_[round - 1].addressRegister));
      scalar_.findLine(kChunkLine, kChunkCache);
    }
  }

  void endScalar(unsigned round) {
    scalar_.mixLine(kChunkLine);
    scalar_.store(kChunkItem);
    out_.add(kChunkItem, 64);
    if (round + 1 == kCacheAccesses) return;
    out_.mov(kChunkLine, ScalarItem::r(programs_[round].addressRegister));
    scalar_.callForLine(kChunkLine, kChunkCache);
  }

  // The vector instructions in order, with the scalar steps spread evenly among them.
  void emitPrograms(const SuperscalarProgram& program, const Steps& steps) {
    size_t done = 0;
    for (uint32_t i = 0; i < program.size; ++i) {
      emitSuperscalar(items_, program.code[i]);
      for (; done < steps.size() * (i + 1) / program.size; ++done) steps[done]();
    }
  }

  Assembler& out_;
  const SuperscalarPrograms& programs_;
  ChunkShape shape_;
  Items items_;
  ScalarItem scalar_;
};

}  // namespace ibct::x86
