#include "dataset_memory.hpp"

#include <exception>

#include "../cpu/thread.hpp"

namespace ibct {

DatasetMemory::DatasetMemory(std::vector<DatasetPlace> places, PagePolicy pages)
    : places_(std::move(places)), pages_(pages), thread_([this] { run(); }) {}

DatasetMemory::~DatasetMemory() {
  cancel_ = true;
  thread_.join();
}

void DatasetMemory::run() noexcept {
  nameThisThread("ibct-memory");
  try {
    dataset_ = Dataset::allocate(places_, pages_, cancel_);
  } catch (const std::exception&) {
    // Refused, as the dataset's own memory might have been.
  }
  settled_ = true;
}

}  // namespace ibct
