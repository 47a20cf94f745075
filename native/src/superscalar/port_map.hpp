// Which execution port of the reference CPU is busy in which cycle (spec 6.3.3).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "kinds.hpp"

namespace ibct::superscalar {

constexpr int kTargetLatency = 170;
constexpr int kLookForward = 4;
constexpr int kCycles = kTargetLatency + kLookForward;
constexpr int kNoCycle = -1;

class PortMap {
 public:
  // The cycle in which the op can start, `from` or later and, if it depends on the op before it,
  // not before `chain`.
  int find(const MacroOp& op, int from, int chain) const {
    PortMap trial = *this;
    return trial.place(op, from, chain);
  }

  // The same, and takes the ports. kNoCycle: it does not fit.
  int place(const MacroOp& op, int from, int chain) {
    int cycle = op.dependent ? std::max(from, chain) : from;
    if (op.ports == 0) return cycle;
    for (; cycle < kCycles; ++cycle) {
      uint8_t& busy = busy_[static_cast<size_t>(cycle)];
      const uint8_t first = pick(op.ports, busy);
      const uint8_t second = op.secondPorts == 0 ? uint8_t{0} : pick(op.secondPorts, busy);
      if (first == 0 || (op.secondPorts != 0 && second == 0)) continue;
      busy = static_cast<uint8_t>(busy | first | second);
      return cycle;
    }
    return kNoCycle;
  }

 private:
  // P1, which alone multiplies, is taken last.
  static uint8_t pick(uint8_t ports, uint8_t busy) {
    for (const uint8_t port : {kP5, kP0, kP1})
      if ((ports & port) && !(busy & port)) return port;
    return 0;
  }

  std::array<uint8_t, kCycles> busy_{};
};

}  // namespace ibct::superscalar
