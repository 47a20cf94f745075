// Runs one program on each of several machines: what the interpreter and every JIT have in common.
#pragma once

#include <memory>

#include "dataset_source.hpp"
#include "interpreter.hpp"
#include "program.hpp"

namespace ibct {

class ProgramRunner {
 public:
  virtual ~ProgramRunner() = default;

  // Runs programs[k] on vms[k] for every lane this runner was made for. All programs are of one
  // version. Leaves the floating-point environment changed.
  virtual void run(const Program* programs, VmState* vms, const DatasetSource& source) = 0;
  virtual const char* name() const = 0;
  // For tests: how many iterations run() makes, kIterations unless set.
  virtual void setIterations(unsigned iterations) = 0;
};

std::unique_ptr<ProgramRunner> createInterpreter(unsigned lanes);

}  // namespace ibct
