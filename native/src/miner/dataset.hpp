// The memory of a dataset: once, or once on each node of memory whose CPUs hash.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "../cpu/numa.hpp"
#include "../memory/available.hpp"
#include "../memory/region.hpp"

namespace ibct {

// Where a copy is to lie, and which CPUs read it.
struct DatasetPlace {
  std::vector<uint32_t> nodes;
  std::vector<uint32_t> cpus;
};

// A place on each of these nodes that has room. With fewer than two such nodes, or where others
// would miss the memory, one place in all: spread over the nodes if there are several.
std::vector<DatasetPlace> datasetPlaces(const std::vector<MemoryNode>& nodes, PagePolicy pages,
                                        const MemoryReport& whole,
                                        const std::function<MemoryReport(uint32_t)>& ofNode);

// Says where a dataset of such pages is to lie at the moment.
using DatasetPlaces = std::function<std::vector<DatasetPlace>(PagePolicy)>;
DatasetPlaces placesOnNodes(std::vector<MemoryNode> nodes);

class Dataset {
 public:
  Dataset() = default;
  // A copy for each place. The first lies anywhere if need be; another one is done without unless
  // it can be had in its place, and of huge pages if the first has them. Empty when there was no
  // memory, or `cancel` became true. Takes as long as zeroing the memory does.
  static Dataset allocate(const std::vector<DatasetPlace>& places, PagePolicy pages,
                          const std::atomic<bool>& cancel);

  explicit operator bool() const { return !copies_.empty(); }
  PageKind pages() const;
  size_t count() const { return copies_.size(); }
  // Where all items are to be written.
  std::vector<uint8_t*> copies() const;
  const uint8_t* copy(size_t index) const { return copies_[index].memory.data(); }
  // The copy that this CPU reads.
  const uint8_t* nearest(uint32_t cpu) const;

 private:
  struct Copy {
    Region memory;
    std::vector<uint32_t> cpus;
  };
  std::vector<Copy> copies_;
};

}  // namespace ibct
