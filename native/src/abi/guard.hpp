// No exception crosses the C ABI.
#pragma once

#include <randomx_native.h>

#include <new>
#include <system_error>

namespace ibct {

template <typename Call>
rxn_status guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return RXN_OUT_OF_MEMORY;
  } catch (const std::system_error&) {
    return RXN_THREAD_FAILED;
  } catch (...) {
    return RXN_INVALID_ARGUMENT;
  }
}

}  // namespace ibct
