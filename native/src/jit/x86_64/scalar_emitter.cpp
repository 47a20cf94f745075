#if defined(__x86_64__)

#include "dataset_emitter.hpp"
#include "frame.hpp"
#include "scalar_lane.hpp"
#include "superscalar_emitter.hpp"

namespace ibct::x86 {
namespace {

constexpr Reg kCache = Reg::rdi;
constexpr Reg kLine = Reg::rcx;

}  // namespace

size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs) {
  out.align(64);
  const size_t entry = out.offset();
  ScalarLane lane(out);
  lane.start(Reg::rax);
  out.mov32(kLine, Reg::rax);
  for (const SuperscalarProgram& program : programs) {
    lane.callForLine(kLine, kCache);
    emitSuperscalar(lane, program);
    lane.mixLine(kLine);
    out.mov32(kLine, ScalarLane::r(program.addressRegister));
  }
  out.ret();
  return entry;
}

size_t emitItemFunction(Assembler& out, size_t itemEntry) {
  out.align(64);
  const size_t entry = out.offset();
  enter(out);
  out.mov(Reg::rbx, Reg::rdx);
  out.mov(Reg::rax, Reg::rsi);
  out.call(itemEntry);
  ScalarLane(out).store(Reg::rbx);
  leave(out);
  return entry;
}

size_t emitScalarBatch(Assembler& out, const SuperscalarPrograms& programs) {
  constexpr Reg kFirst = Reg::rbp;
  constexpr Reg kItem = Reg::rbx;  // where the item's registers rest between two programs
  constexpr Reg kEnd = Reg::rsi;
  out.align(64);
  const size_t entry = out.offset();
  enter(out);
  ScalarLane lane(out);

  // rbp walks from the first number on; all items' registers are made, the first lines called for.
  out.mov(kFirst, Reg::rsi);
  out.mov(kItem, Reg::rdx);
  out.lea(kEnd, ptr(Reg::rdx, 64 * kScalarBatch));
  const size_t startLoop = out.offset();
  lane.start(kFirst);
  lane.store(kItem);
  out.mov32(kLine, kFirst);
  lane.callForLine(kLine, kCache);
  out.add(kFirst, 1);
  out.add(kItem, 64);
  out.cmp(kItem, kEnd);
  out.jump(Condition::notZero, startLoop);
  out.sub(kFirst, kScalarBatch);

  for (unsigned round = 0; round < kCacheAccesses; ++round) {
    const SuperscalarProgram& program = programs[round];
    out.lea(kItem, ptr(kEnd, -64 * static_cast<int32_t>(kScalarBatch)));
    out.align(32);
    const size_t loop = out.offset();
    lane.load(kItem);
    if (round == 0) {
      out.mov32(kLine, kFirst);
      out.add(kFirst, 1);
    } else {
      out.mov32(kLine, ScalarLane::r(programs[round - 1].addressRegister));
    }
    lane.findLine(kLine, kCache);
    emitSuperscalar(lane, program);
    lane.mixLine(kLine);
    lane.store(kItem);
    if (round + 1 < kCacheAccesses) {
      out.mov32(Reg::rax, ScalarLane::r(program.addressRegister));
      lane.callForLine(Reg::rax, kCache);
    }
    out.add(kItem, 64);
    out.cmp(kItem, kEnd);
    out.jump(Condition::notZero, loop);
  }
  leave(out);
  return entry;
}

}  // namespace ibct::x86

#endif
