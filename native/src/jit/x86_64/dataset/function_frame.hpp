// Entry and exit of generated functions void(const uint8_t* cache, uint64_t number, uint8_t* out):
// whatever the system's convention, the body finds its arguments in rdi, rsi and rdx and may change
// all integer registers but rsp.
#pragma once

#include "../assembler.hpp"

namespace ibct::x86 {

constexpr Reg kSavedRegisters[] = {
    Reg::rbx, Reg::rbp, Reg::r12, Reg::r13, Reg::r14, Reg::r15,
#if defined(_WIN32)
    Reg::rdi, Reg::rsi,
#endif
};

inline void enter(Assembler& out) {
  for (const Reg saved : kSavedRegisters) out.push(saved);
#if defined(_WIN32)
  out.mov(Reg::rdi, Reg::rcx);
  out.mov(Reg::rsi, Reg::rdx);
  out.mov(Reg::rdx, Reg::r8);
#endif
}

inline void leave(Assembler& out) {
  for (size_t i = sizeof kSavedRegisters / sizeof kSavedRegisters[0]; i-- > 0;)
    out.pop(kSavedRegisters[i]);
  out.ret();
}

}  // namespace ibct::x86
