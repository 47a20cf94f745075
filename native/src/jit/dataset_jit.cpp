#include "dataset_jit.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace ibct {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kLargestChunk = 128;

// Items a second while making `count` items from `first` on.
double speed(const BulkPath& path, const uint8_t* cache, uint64_t first, unsigned count) {
  alignas(64) uint8_t out[64 * kLargestChunk];
  const Clock::time_point begin = Clock::now();
  for (unsigned done = 0; done < count; done += path.chunk) path.run(cache, first + done, out);
  return count / std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

void DatasetJit::items(const uint8_t* cache, uint64_t first, uint64_t count, uint8_t* out) const {
  const BulkPath& path = bulkPaths_[chosen_];
  for (; count >= path.chunk; first += path.chunk, count -= path.chunk, out += 64 * path.chunk)
    path.run(cache, first, out);
  for (; count > 0; ++first, --count, out += 64) item_(cache, first, out);
}

// The best of several short turns each: a turn disturbed by other work does not count.
void DatasetJit::chooseBulkPath(const uint8_t* cache) {
  constexpr unsigned kTurns = 5;
  constexpr unsigned kItems = 512;
  std::vector<double> best(bulkPaths_.size());
  uint64_t first = 0;
  for (unsigned turn = 0; turn < kTurns; ++turn)
    for (size_t i = 0; i < bulkPaths_.size(); ++i, first += kItems)
      best[i] = std::max(best[i], speed(bulkPaths_[i], cache, first, kItems));
  chosen_ = static_cast<size_t>(std::max_element(best.begin(), best.end()) - best.begin());
}

std::unique_ptr<ItemGenerator> compileItemGenerator(const SuperscalarPrograms& programs,
                                                    const CpuFeatures& features) {
  return DatasetJit::compile(programs, features);
}

#if !defined(__x86_64__) && !defined(__aarch64__)

std::unique_ptr<DatasetJit> DatasetJit::compile(const SuperscalarPrograms&, const CpuFeatures&) {
  return nullptr;
}

#endif

}  // namespace ibct
