// Compares the ways of making dataset items with each other and, where it is installed, with the
// reference implementation (Debian's librandomx): slices of CPU time in turn, A B A B, on one
// thread and one cache.
//   dataset_speed [turns] [small]
// The reference has 4 KiB pages unless huge pages are reserved; `small` gives them to us too.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "dataset/cache.hpp"
#include "jit/dataset_jit.hpp"
#include "memory/region.hpp"

#if defined(HAVE_RANDOMX_REFERENCE)
#include <randomx.h>
#endif

namespace {

constexpr uint64_t kSliceItems = 65536;

double threadSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Contender {
  std::string name;
  std::function<void(uint64_t first)> makeSlice;
  std::vector<double> itemsPerSecond;
};

}  // namespace

int main(int argc, char** argv) {
  const int turns = argc > 1 ? std::atoi(argv[1]) : 9;
  const bool small = argc > 2 && std::string(argv[2]) == "small";
  const auto pages = small ? ibct::PagePolicy::small : ibct::PagePolicy::automatic;
  const uint8_t key[32] = {1, 2, 3};
  const std::atomic<bool> never{false};
  ibct::Cache cache(ibct::Region::allocate(ibct::kCacheBytes, pages));
  if (!cache.fill(key, sizeof key, ibct::CodePath::interpreter, ibct::cpuFeatures(), never))
    return 1;
  const auto code = ibct::DatasetJit::compile(cache.programs(), ibct::cpuFeatures());
  if (code == nullptr) return 1;
  const ibct::Region out = ibct::Region::allocate(64 * kSliceItems, ibct::PagePolicy::automatic);

  std::vector<Contender> contenders;
  for (size_t i = 0; i < code->bulkPaths().size(); ++i)
    contenders.push_back({code->bulkPaths()[i].name,
                          [&, i](uint64_t first) {
                            code->useBulkPath(i);
                            code->items(cache.memory(), first, kSliceItems, out.data());
                          },
                          {}});

#if defined(HAVE_RANDOMX_REFERENCE)
  const auto flags = static_cast<randomx_flags>(RANDOMX_FLAG_JIT | RANDOMX_FLAG_ARGON2_AVX2 |
                                                RANDOMX_FLAG_LARGE_PAGES);
  randomx_cache* reference = randomx_alloc_cache(flags);
  if (reference == nullptr)
    reference = randomx_alloc_cache(static_cast<randomx_flags>(flags & ~RANDOMX_FLAG_LARGE_PAGES));
  randomx_dataset* dataset = randomx_alloc_dataset(RANDOMX_FLAG_DEFAULT);
  if (reference == nullptr || dataset == nullptr) return 1;
  randomx_init_cache(reference, key, sizeof key);
  contenders.push_back(
      {"reference",
       [&](uint64_t first) { randomx_init_dataset(dataset, reference, first, kSliceItems); },
       {}});
#endif

  for (int turn = -1; turn < turns; ++turn) {
    const uint64_t first = static_cast<uint64_t>(turn + 1) * kSliceItems;
    for (Contender& contender : contenders) {
      const double begin = threadSeconds();
      contender.makeSlice(first);
      const double seconds = threadSeconds() - begin;
      if (turn >= 0)
        contender.itemsPerSecond.push_back(kSliceItems / seconds);  // the first turn warms up
    }
  }
  for (Contender& contender : contenders) {
    std::vector<double>& rates = contender.itemsPerSecond;
    std::sort(rates.begin(), rates.end());
    const double median = rates[rates.size() / 2];
    std::printf("%-12s %9.0f items/s (%.0f to %.0f), a dataset in %.1f s of one core\n",
                contender.name.c_str(), median, rates.front(), rates.back(),
                ibct::kDatasetItems / median);
  }
  return 0;
}
