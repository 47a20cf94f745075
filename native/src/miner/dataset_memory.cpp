#include "dataset_memory.hpp"

#include "../cpu/thread.hpp"
#include "../dataset/cache.hpp"

namespace ibct {

DatasetMemory::DatasetMemory(PagePolicy pages)
    : thread_([this, pages] {
        nameThisThread("ibct-memory");
        region_ = Region::allocate(kDatasetBytes, pages, cancel_);
        settled_ = true;
      }) {}

DatasetMemory::~DatasetMemory() {
  cancel_ = true;
  thread_.join();
}

}  // namespace ibct
