// Outcomes that cross the C ABI, and an error with its sentence.
#pragma once

#include <randomx_native.h>

#include <string>

namespace ibct {

using Status = rxn_status;

// The general sentence of a status; static storage.
const char* statusMessage(Status status);

// In a catch block: what the exception in flight means.
Status statusOfException() noexcept;

struct Problem {
  Status status = RXN_OK;
  std::string message;
};

}  // namespace ibct
