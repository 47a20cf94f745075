// Runs a part of a test in a process of its own, whose limits and statics are its own too.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>

#include "test.hpp"

namespace test {

// Failed checks of `body` fail here too, as does its death.
inline void inAnotherProcess(const std::function<void()>& body) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const int before = failures();
    body();
    std::fflush(stdout);
    _exit(failures() == before ? 0 : 1);
  }
  int status = 0;
  CHECK_EQUAL(waitpid(child, &status, 0), child);
  CHECK(WIFEXITED(status));
  CHECK_EQUAL(WEXITSTATUS(status), 0);
}

}  // namespace test
