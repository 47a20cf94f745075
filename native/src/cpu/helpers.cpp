#include <exception>
#include <thread>
#include <vector>

#include "thread.hpp"

namespace ibct {

void runWithHelpers(size_t helpers, const std::function<void()>& work) {
  std::vector<std::thread> threads;
  try {
    threads.reserve(helpers);
    while (threads.size() < helpers) threads.emplace_back(std::cref(work));
  } catch (const std::exception&) {
    // Refused: those at hand do it all.
  }
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace ibct
