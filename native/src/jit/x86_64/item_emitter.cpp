#if defined(__x86_64__)

#include "../../primitives/reciprocal.hpp"
#include "dataset_emitter.hpp"

namespace ibct::x86 {
namespace {

constexpr Reg kCache = Reg::rdi;
constexpr Reg kLine = Reg::rcx;
constexpr Reg r(unsigned index) { return static_cast<Reg>(8 + index); }

void emitInstruction(Assembler& out, const SuperscalarInstruction& instruction) {
  const Reg dst = r(instruction.dst);
  const Reg src = r(instruction.src);
  const int32_t constant = static_cast<int32_t>(instruction.imm);
  switch (instruction.op) {
    case SuperscalarOp::isubR:
      return out.sub(dst, src);
    case SuperscalarOp::ixorR:
      return out.xor_(dst, src);
    case SuperscalarOp::iaddRs:
      return out.lea(dst, ptr(dst, src, 0, static_cast<uint8_t>(instruction.shift())));
    case SuperscalarOp::imulR:
      return out.imul(dst, src);
    case SuperscalarOp::irorC:
      return out.ror(dst, instruction.imm);
    case SuperscalarOp::iaddC7:
    case SuperscalarOp::iaddC8:
    case SuperscalarOp::iaddC9:
      return out.add(dst, constant);
    case SuperscalarOp::ixorC7:
    case SuperscalarOp::ixorC8:
    case SuperscalarOp::ixorC9:
      return out.xor_(dst, constant);
    case SuperscalarOp::imulhR:
      out.mov(Reg::rax, dst);
      out.mul(src);
      return out.mov(dst, Reg::rdx);
    case SuperscalarOp::ismulhR:
      out.mov(Reg::rax, dst);
      out.imul1(src);
      return out.mov(dst, Reg::rdx);
    case SuperscalarOp::imulRcp:
      out.mov(Reg::rax, reciprocal(instruction.imm));
      return out.imul(dst, Reg::rax);
  }
}

}  // namespace

size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs) {
  out.align(64);
  const size_t entry = out.offset();
  out.mov32(kLine, Reg::rax);
  out.lea(r(0), ptr(Reg::rax, 1));
  out.mov(Reg::rax, kItemMultiplier);
  out.imul(r(0), Reg::rax);
  for (unsigned i = 1; i < 8; ++i) {
    out.mov(r(i), kItemConstants[i - 1]);
    out.xor_(r(i), r(0));
  }
  for (const SuperscalarProgram& program : programs) {
    out.and32(kLine, kCacheItemMask);
    out.shl(kLine, 6);
    out.add(kLine, kCache);
    out.prefetchNta(ptr(kLine));
    for (uint32_t i = 0; i < program.size; ++i) emitInstruction(out, program.code[i]);
    for (unsigned i = 0; i < 8; ++i) out.xor_(r(i), ptr(kLine, static_cast<int32_t>(8 * i)));
    out.mov32(kLine, r(program.addressRegister));
  }
  out.ret();
  return entry;
}

size_t emitItemFunction(Assembler& out, size_t itemEntry) {
  out.align(64);
  const size_t entry = out.offset();
  for (const Reg saved : {Reg::r12, Reg::r13, Reg::r14, Reg::r15}) out.push(saved);
#if defined(_WIN32)
  out.push(Reg::rdi);
  out.push(Reg::r8);
  out.mov(kCache, Reg::rcx);
  out.mov(Reg::rax, Reg::rdx);
#else
  out.push(Reg::rdx);
  out.mov(Reg::rax, Reg::rsi);
#endif
  out.call(itemEntry);
  out.pop(Reg::rdx);
  for (unsigned i = 0; i < 8; ++i) out.mov(ptr(Reg::rdx, static_cast<int32_t>(8 * i)), r(i));
#if defined(_WIN32)
  out.pop(Reg::rdi);
#endif
  for (const Reg saved : {Reg::r15, Reg::r14, Reg::r13, Reg::r12}) out.pop(saved);
  out.ret();
  return entry;
}

}  // namespace ibct::x86

#endif
