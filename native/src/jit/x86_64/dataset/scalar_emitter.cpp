#if defined(__x86_64__)

#include "function_frame.hpp"
#include "item_emitters.hpp"
#include "scalar_item.hpp"
#include "superscalar_emitter.hpp"

namespace ibct::x86 {
namespace {

constexpr Reg kCache = Reg::rdi;
constexpr Reg kLine = Reg::rcx;

}  // namespace

size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs) {
  out.align(64);
  const size_t entry = out.offset();
  ScalarItem item(out);
  item.start(Reg::rax);
  out.mov32(kLine, Reg::rax);
  for (const SuperscalarProgram& program : programs) {
    item.callForLine(kLine, kCache);
    emitSuperscalar(item, program);
    item.mixLine(kLine);
    out.mov32(kLine, ScalarItem::r(program.addressRegister));
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
  ScalarItem(out).store(Reg::rbx);
  leave(out);
  return entry;
}

size_t emitScalarChunk(Assembler& out, const SuperscalarPrograms& programs) {
  constexpr Reg kFirst = Reg::rbp;
  constexpr Reg kItem = Reg::rbx;  // where the item's registers rest between two programs
  constexpr Reg kEnd = Reg::rsi;
  out.align(64);
  const size_t entry = out.offset();
  enter(out);
  ScalarItem item(out);

  // rbp walks from the first number on; all items' registers are made, the first lines called for.
  out.mov(kFirst, Reg::rsi);
  out.mov(kItem, Reg::rdx);
  out.lea(kEnd, ptr(Reg::rdx, 64 * kScalarChunk));
  const size_t startLoop = out.offset();
  item.start(kFirst);
  item.store(kItem);
  out.mov32(kLine, kFirst);
  item.callForLine(kLine, kCache);
  out.add(kFirst, 1);
  out.add(kItem, 64);
  out.cmp(kItem, kEnd);
  out.jump(Condition::notZero, startLoop);
  out.sub(kFirst, kScalarChunk);

  for (unsigned round = 0; round < kCacheAccesses; ++round) {
    const SuperscalarProgram& program = programs[round];
    out.lea(kItem, ptr(kEnd, -64 * static_cast<int32_t>(kScalarChunk)));
    out.align(32);
    const size_t loop = out.offset();
    item.load(kItem);
    if (round == 0) {
      out.mov32(kLine, kFirst);
      out.add(kFirst, 1);
    } else {
      out.mov32(kLine, ScalarItem::r(programs[round - 1].addressRegister));
    }
    item.findLine(kLine, kCache);
    emitSuperscalar(item, program);
    item.mixLine(kLine);
    item.store(kItem);
    if (round + 1 < kCacheAccesses) {
      out.mov32(Reg::rax, ScalarItem::r(program.addressRegister));
      item.callForLine(Reg::rax, kCache);
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
