#include "code_buffer.hpp"

namespace ibct {

#if defined(__x86_64__)

namespace {

bool hasSerialize() {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t d = 0;
  asm("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(0), "c"(0));
  if (a < 7) return false;
  asm("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
  return (d >> 14 & 1) != 0;
}

// RDSSPQ leaves its operand alone where no shadow stack is in force.
bool hasShadowStack() {
  uint64_t pointer = 0;
  asm volatile("rdsspq %0" : "+r"(pointer));
  return pointer != 0;
}

}  // namespace

// CPUID serializes too, but costs a virtual machine ten microseconds; IRETQ needs no exit. Here it
// returns to the next line, with stack, flags and segments as they are, which a shadow stack would
// not know of.
void forgetFetchedCode() {
  static const bool serialize = hasSerialize();
  if (serialize) {
    asm volatile(".byte 0x0f, 0x01, 0xe8" ::: "memory");
  } else if (hasShadowStack()) {
    uint32_t a = 0;
    uint32_t c = 0;
    asm volatile("cpuid" : "+a"(a), "+c"(c)::"ebx", "edx", "memory");
  } else {
    asm volatile(
        "mov %%rsp, %%rax\n\t"
        "sub $128, %%rsp\n\t"  // the red zone
        "mov %%ss, %%ecx\n\t"
        "push %%rcx\n\t"
        "push %%rax\n\t"
        "pushfq\n\t"
        "mov %%cs, %%ecx\n\t"
        "push %%rcx\n\t"
        "lea 1f(%%rip), %%rcx\n\t"
        "push %%rcx\n\t"
        "iretq\n"
        "1:" ::
            : "rax", "rcx", "cc", "memory");
  }
}

#elif defined(__aarch64__)

void forgetFetchedCode() { asm volatile("isb" ::: "memory"); }

#else

void forgetFetchedCode() {}

#endif

}  // namespace ibct
