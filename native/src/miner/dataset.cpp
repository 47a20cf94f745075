#include "dataset.hpp"

#include <algorithm>
#include <utility>

#include "../dataset/cache.hpp"

namespace ibct {
namespace {

// What must stay free beside several copies, which nobody asked for: on the machine, on each node.
constexpr uint64_t kLeftToOthersBytes = 2048 * kMiB;
constexpr uint64_t kLeftOnNodeBytes = 512 * kMiB;

bool isSmall(const Region& memory) { return memory.pages() == PageKind::small; }

}  // namespace

std::vector<DatasetPlace> datasetPlaces(const std::vector<MemoryNode>& nodes, PagePolicy pages,
                                        const MemoryReport& whole,
                                        const std::function<MemoryReport(uint32_t)>& ofNode) {
  if (nodes.size() < 2) return {DatasetPlace{}};
  std::vector<DatasetPlace> places;
  DatasetPlace everywhere;
  for (const MemoryNode& node : nodes) {
    everywhere.nodes.push_back(node.id);
    const MemoryReport memory = ofNode(node.id);
    const uint64_t all = (places.size() + 1) * kDatasetBytes;
    if (memory.totalBytes != 0 && hasRoomFor(memory, kDatasetBytes, pages, kLeftOnNodeBytes) &&
        hasRoomFor(whole, all, pages, kLeftToOthersBytes))
      places.push_back({{node.id}, node.cpus});
  }
  return places.size() < 2 ? std::vector<DatasetPlace>{everywhere} : places;
}

DatasetPlaces placesOnNodes(std::vector<MemoryNode> nodes) {
  return [nodes = std::move(nodes)](PagePolicy pages) {
    const MemoryReport whole = nodes.size() < 2 ? MemoryReport() : memoryReport();
    return datasetPlaces(nodes, pages, whole, [](uint32_t node) { return memoryOfNode(node); });
  };
}

Dataset Dataset::allocate(const std::vector<DatasetPlace>& places, PagePolicy pages,
                          const std::atomic<bool>& cancel) {
  Dataset dataset;
  dataset.copies_.reserve(places.size());
  for (const DatasetPlace& place : places) {
    const bool isFirst = !dataset;
    Region memory = Region::allocate(kDatasetBytes, pages, cancel, {place.nodes, !isFirst});
    if (isFirst && !memory) break;
    if (memory && (isFirst || !isSmall(memory) || isSmall(dataset.copies_[0].memory)))
      dataset.copies_.push_back({std::move(memory), place.cpus});
  }
  return cancel ? Dataset() : std::move(dataset);
}

PageKind Dataset::pages() const {
  return copies_.empty() ? PageKind::none : copies_[0].memory.pages();
}

std::vector<uint8_t*> Dataset::copies() const {
  std::vector<uint8_t*> all;
  for (const Copy& copy : copies_) all.push_back(copy.memory.data());
  return all;
}

const uint8_t* Dataset::nearest(uint32_t cpu) const {
  for (const Copy& copy : copies_)
    if (std::count(copy.cpus.begin(), copy.cpus.end(), cpu) != 0) return copy.memory.data();
  return copies_[0].memory.data();
}

}  // namespace ibct
