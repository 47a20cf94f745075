// No exception crosses the C ABI.
#pragma once

#include "../miner/status.hpp"

namespace ibct {

template <typename Call>
Status guarded(Call call) noexcept {
  try {
    return call();
  } catch (...) {
    return statusOfException();
  }
}

}  // namespace ibct
