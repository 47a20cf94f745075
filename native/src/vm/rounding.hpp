// The floating-point environment that RandomX programs run in (specification 4.3 and 5.4.1).
#pragma once

#if defined(__x86_64__)
#include <xmmintrin.h>
#else
#include <cfenv>
#endif

namespace ibct {

// Nearest 0, down 1, up 2, toward zero 3: RandomX's fprc and the x86 coding at once.
using RoundingMode = unsigned;

#if defined(__x86_64__)

// All exceptions masked; denormals (which never occur) flushed.
constexpr unsigned kMxcsrBase = 0x9FC0;
constexpr unsigned kMxcsrRoundingShift = 13;

// The caller's environment comes back at the end of the scope.
class FloatEnvironment {
 public:
  FloatEnvironment() : saved_(_mm_getcsr()) {}
  ~FloatEnvironment() { _mm_setcsr(saved_); }
  FloatEnvironment(const FloatEnvironment&) = delete;
  FloatEnvironment& operator=(const FloatEnvironment&) = delete;

 private:
  unsigned saved_;
};

// The barriers keep the compiler from moving arithmetic on memory past the change.
inline void setRounding(RoundingMode mode) {
  asm volatile("" ::: "memory");
  _mm_setcsr(kMxcsrBase | mode << kMxcsrRoundingShift);
  asm volatile("" ::: "memory");
}

#else

class FloatEnvironment {
 public:
  FloatEnvironment() { std::fegetenv(&saved_); }
  ~FloatEnvironment() { std::fesetenv(&saved_); }
  FloatEnvironment(const FloatEnvironment&) = delete;
  FloatEnvironment& operator=(const FloatEnvironment&) = delete;

 private:
  std::fenv_t saved_;
};

inline void setRounding(RoundingMode mode) {
  constexpr int kModes[4] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
  asm volatile("" ::: "memory");
  std::fesetround(kModes[mode]);
  asm volatile("" ::: "memory");
}

#endif

}  // namespace ibct
