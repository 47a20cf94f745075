// What the generator knows of the reference CPU: instruction kinds as macro-ops with their ports
// and latencies, and the ways in which 16 bytes of code are cut into slots (spec 6.1 to 6.3).
#pragma once

#include <array>
#include <cstdint>

#include "program.hpp"

namespace ibct::superscalar {

// Execution ports, as bits.
constexpr uint8_t kP0 = 1;
constexpr uint8_t kP1 = 2;
constexpr uint8_t kP5 = 4;

struct MacroOp {
  uint8_t ports = 0;        // of its micro-op; none: it costs nothing
  uint8_t secondPorts = 0;  // of a second micro-op in the same cycle
  int latency = 0;
  bool dependent = false;  // starts after the macro-op before it
};

constexpr MacroOp kMove{};
constexpr MacroOp kAdd{kP0 | kP1 | kP5, 0, 1, false};
constexpr MacroOp kLea{kP0 | kP1, 0, 1, false};
constexpr MacroOp kRotate{kP0 | kP5, 0, 1, false};
constexpr MacroOp kMultiply{kP1, 0, 3, false};
constexpr MacroOp kWideMultiply{kP1, kP5, 4, false};
constexpr MacroOp kMultiplyByLoaded{kP1, 0, 3, true};

// What tells two instructions of a group apart.
enum class Parameter : uint8_t { none, sourceRegister, random };

constexpr int kNever = -1;

struct Kind {
  SuperscalarOp op;
  SuperscalarOp group;
  Parameter parameter;
  int opCount;
  std::array<MacroOp, 3> ops;
  // The macro-op at which each operand is chosen, and at which the result is ready.
  int sourceAt;
  int destinationAt;
  int resultAt;
  bool multiplies;
};

constexpr Kind simple(SuperscalarOp op, SuperscalarOp group, Parameter parameter, MacroOp macroOp,
                      bool multiplies = false) {
  const int sourceAt = parameter == Parameter::sourceRegister ? 0 : kNever;
  return {op, group, parameter, 1, {macroOp}, sourceAt, 0, 0, multiplies};
}

// In the order of SuperscalarOp.
constexpr std::array<Kind, 14> kKinds = {{
    simple(SuperscalarOp::isubR, SuperscalarOp::iaddRs, Parameter::sourceRegister, kAdd),
    simple(SuperscalarOp::ixorR, SuperscalarOp::ixorR, Parameter::sourceRegister, kAdd),
    simple(SuperscalarOp::iaddRs, SuperscalarOp::iaddRs, Parameter::sourceRegister, kLea),
    simple(SuperscalarOp::imulR, SuperscalarOp::imulR, Parameter::sourceRegister, kMultiply, true),
    simple(SuperscalarOp::irorC, SuperscalarOp::irorC, Parameter::none, kRotate),
    simple(SuperscalarOp::iaddC7, SuperscalarOp::iaddC7, Parameter::none, kAdd),
    simple(SuperscalarOp::ixorC7, SuperscalarOp::ixorC7, Parameter::none, kAdd),
    simple(SuperscalarOp::iaddC8, SuperscalarOp::iaddC7, Parameter::none, kAdd),
    simple(SuperscalarOp::ixorC8, SuperscalarOp::ixorC7, Parameter::none, kAdd),
    simple(SuperscalarOp::iaddC9, SuperscalarOp::iaddC7, Parameter::none, kAdd),
    simple(SuperscalarOp::ixorC9, SuperscalarOp::ixorC7, Parameter::none, kAdd),
    {SuperscalarOp::imulhR,
     SuperscalarOp::imulhR,
     Parameter::random,
     3,
     {kMove, kWideMultiply, kMove},
     1,
     0,
     1,
     true},
    {SuperscalarOp::ismulhR,
     SuperscalarOp::ismulhR,
     Parameter::random,
     3,
     {kMove, kWideMultiply, kMove},
     1,
     0,
     1,
     true},
    {SuperscalarOp::imulRcp,
     SuperscalarOp::imulRcp,
     Parameter::none,
     2,
     {kAdd, kMultiplyByLoaded},
     kNever,
     1,
     1,
     true},
}};

constexpr const Kind& kindOf(SuperscalarOp op) { return kKinds[static_cast<size_t>(op)]; }

// A fetch of 16 bytes: the sizes of its slots, 0 for none.
struct FetchGroup {
  std::array<uint8_t, 4> sizes;
  size_t slots;
};

constexpr FetchGroup k484{{4, 8, 4, 0}, 3};
constexpr FetchGroup k7333{{7, 3, 3, 3}, 4};
constexpr FetchGroup k3733{{3, 7, 3, 3}, 4};
constexpr FetchGroup k493{{4, 9, 3, 0}, 3};
constexpr FetchGroup k4444{{4, 4, 4, 4}, 4};
constexpr FetchGroup k3310{{3, 3, 10, 0}, 3};

}  // namespace ibct::superscalar
