#include "status.hpp"

#include <new>
#include <system_error>

namespace ibct {

const char* statusMessage(Status status) {
  switch (status) {
    case RXN_OK:
      return "No error.";
    case RXN_INVALID_ARGUMENT:
      return "An argument is missing or out of range.";
    case RXN_UNSUPPORTED_ALGORITHM:
      return "This build of the engine does not know the algorithm.";
    case RXN_OUT_OF_MEMORY:
      return "Not enough memory is free: light mode needs about 300 MB, fast mode about 2.4 GB.";
    case RXN_PAGES_UNAVAILABLE:
      return "The system has too few pages of the size asked for; choose page size auto.";
    case RXN_CODE_MEMORY_REFUSED:
      return "The system forbids generated code, so only the much slower interpreter is left.";
    case RXN_NOT_STOPPED:
      return "The miner has not stopped yet.";
    case RXN_STOPPING:
      return "The miner is stopping or has stopped.";
    case RXN_BUFFER_TOO_SMALL:
      return "The buffer is too small for a snapshot.";
    case RXN_SELF_TEST_FAILED:
      return "A fast code path computed a wrong hash in the self-test and is not used; please "
             "report this with your CPU model.";
    case RXN_THREAD_FAILED:
      return "The system refused another thread.";
    case RXN_WRONG_SHARE:
      return "A share was wrong when computed again and was not sent: the CPU or memory is "
             "unstable (overclocked or too hot?).";
    case RXN_CPU_UNSUPPORTED:
      return "This CPU lacks an instruction set that the engine needs.";
    case RXN_INTERNAL:
      return "The engine met a fault of its own; please report what it was doing.";
    case RXN_STALE_HANDLE:
      return "This miner or cache was given back already.";
    case RXN_SHARE_UNCHECKED:
      return "A share was found, but memory is too short to check it: it was not sent.";
    case RXN_KEY_WAITS:
      return "Not enough memory is free for the next key: light mode needs about 300 MB. Mining "
             "goes "
             "on when there is.";
    case RXN_FEWER_THREADS:
      return "The system refused some of the threads, or their memory: the others hash.";
    default:
      return "Unknown error.";
  }
}

Status statusOfException() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return RXN_OUT_OF_MEMORY;
  } catch (const std::system_error&) {
    return RXN_THREAD_FAILED;
  } catch (...) {
    return RXN_INTERNAL;
  }
}

}  // namespace ibct
