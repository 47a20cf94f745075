// Measures hash rates in fast mode, our lanes and the reference side by side on one dataset, in
// interleaved slices (A B A B …). Rates are per second of CPU time and taken over single batches:
// the median, and what the best tenth reach (the machine undisturbed), each with the ratio to the
// first variant.
//
//   hash_bench [--algo rx/0|rx/2] [--threads N] [--slices N] [--seconds S] [--dataset FILE]
//   VARIANT…
//
// VARIANT: 1…4 (lanes of our JIT) or "ref" (librandomx, rx/0). FILE keeps the dataset between runs.
#include <pthread.h>
#include <randomx.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hash/hasher.hpp"
#include "memory/region.hpp"
#include "primitives/bytes.hpp"

namespace {

using namespace ibct;
using Clock = std::chrono::steady_clock;

struct Options {
  Version version = Version::v1;
  unsigned threads = 1;
  unsigned slices = 7;
  double seconds = 3;
  std::string datasetFile;
  std::vector<std::string> variants;
};

constexpr char kKey[] = "hash_bench";
constexpr size_t kInputBytes = 76;
constexpr size_t kNonceAt = 39;

void pinTo(unsigned cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

template <typename Body>
void onThreads(unsigned threads, Body body) {
  std::vector<std::thread> all;
  for (unsigned i = 0; i < threads; ++i)
    all.emplace_back([i, &body] {
      pinTo(i);
      body(i);
    });
  for (std::thread& thread : all) thread.join();
}

void buildDataset(uint8_t* out) {
  Cache cache(Region::allocate(kCacheBytes, PagePolicy::automatic));
  const std::atomic<bool> never{false};
  if (!cache.fill(reinterpret_cast<const uint8_t*>(kKey), sizeof kKey, CodePath::jit, cpuFeatures(),
                  never))
    throw std::runtime_error("no cache");
  constexpr uint64_t kChunk = 65536;
  std::atomic<uint64_t> next{0};
  onThreads(std::thread::hardware_concurrency(), [&](unsigned) {
    for (uint64_t first; (first = next.fetch_add(kChunk)) < kDatasetItems;)
      cache.items(first, std::min<uint64_t>(kChunk, kDatasetItems - first), out + first * 64);
  });
}

void prepareDataset(uint8_t* out, const std::string& file) {
  std::ifstream stored(file, std::ios::binary);
  if (!file.empty() && stored.read(reinterpret_cast<char*>(out), kDatasetBytes)) return;
  buildDataset(out);
  if (!file.empty())
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(out), kDatasetBytes);
}

// One thread's hasher of any kind. hashBatch() tells how many hashes it made.
class Worker {
 public:
  virtual ~Worker() = default;
  virtual unsigned hashBatch() = 0;

  std::vector<double> batchRates;  // hashes per second of CPU time
};

class OurWorker : public Worker {
 public:
  OurWorker(unsigned lanes, const uint8_t* dataset, Version version)
      : scratchpads_(Region::allocate(lanes * kScratchpadBytes, PagePolicy::automatic)),
        hasher_(Hasher::create({CodePath::jit, cpuFeatures(), lanes}, scratchpads_.data())),
        inputs_(lanes * kInputBytes) {
    if (hasher_ == nullptr) throw std::runtime_error("no hasher");
    hasher_->useDataset(dataset, version);
    hasher_->first(nextInputs().data());
  }
  unsigned hashBatch() override {
    uint8_t out[kMaxLanes][32];
    hasher_->next(nextInputs().data(), out);
    return hasher_->lanes();
  }

 private:
  std::vector<Input> nextInputs() {
    std::vector<Input> batch;
    for (unsigned lane = 0; lane < hasher_->lanes(); ++lane) {
      uint8_t* input = inputs_.data() + lane * kInputBytes;
      store32(input + kNonceAt, nonce_++);
      batch.push_back({input, kInputBytes});
    }
    return batch;
  }

  Region scratchpads_;
  std::unique_ptr<Hasher> hasher_;
  std::vector<uint8_t> inputs_;
  uint32_t nonce_ = 0;
};

constexpr auto kReferenceFlags = static_cast<randomx_flags>(
    RANDOMX_FLAG_FULL_MEM | RANDOMX_FLAG_JIT | RANDOMX_FLAG_HARD_AES | RANDOMX_FLAG_LARGE_PAGES);

class ReferenceWorker : public Worker {
 public:
  explicit ReferenceWorker(randomx_dataset* dataset)
      : vm_(randomx_create_vm(kReferenceFlags, nullptr, dataset)) {
    if (vm_ == nullptr) throw std::runtime_error("no reference VM");
    randomx_calculate_hash_first(vm_, nextInput(), kInputBytes);
  }
  ~ReferenceWorker() override { randomx_destroy_vm(vm_); }
  unsigned hashBatch() override {
    uint8_t out[32];
    randomx_calculate_hash_next(vm_, nextInput(), kInputBytes, out);
    return 1;
  }

 private:
  const uint8_t* nextInput() {
    store32(input_ + kNonceAt, nonce_++);
    return input_;
  }

  randomx_vm* vm_;
  uint8_t input_[kInputBytes] = {};
  uint32_t nonce_ = 0;
};

using Workers = std::vector<std::unique_ptr<Worker>>;

double threadSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// All workers at once, each until the slice is over.
void runSlice(Workers& workers, double seconds) {
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(seconds));
  onThreads(static_cast<unsigned>(workers.size()), [&](unsigned i) {
    do {
      const double begin = threadSeconds();
      const unsigned hashes = workers[i]->hashBatch();
      workers[i]->batchRates.push_back(hashes / (threadSeconds() - begin));
    } while (Clock::now() < end);
  });
}

// The rate that a share of all batches stayed below, summed over the threads.
double quantile(const Workers& workers, double share) {
  double sum = 0;
  for (const auto& worker : workers) {
    std::vector<double> rates = worker->batchRates;
    std::sort(rates.begin(), rates.end());
    sum += rates[static_cast<size_t>(share * static_cast<double>(rates.size() - 1))];
  }
  return sum;
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name.rfind("--", 0) != 0) {
      options.variants.push_back(name);
      continue;
    }
    const std::string value = i + 1 < argc ? argv[++i] : "";
    if (name == "--algo")
      options.version = value == "rx/2" ? Version::v2 : Version::v1;
    else if (name == "--threads")
      options.threads = static_cast<unsigned>(std::stoul(value));
    else if (name == "--slices")
      options.slices = static_cast<unsigned>(std::stoul(value));
    else if (name == "--seconds")
      options.seconds = std::stod(value);
    else if (name == "--dataset")
      options.datasetFile = value;
    else
      throw std::runtime_error("unknown option " + name);
  }
  return options;
}

void run(const Options& options) {
  randomx_dataset* reference = randomx_alloc_dataset(RANDOMX_FLAG_LARGE_PAGES);
  if (reference == nullptr) throw std::runtime_error("no 2 MiB pages: sysctl vm.nr_hugepages=1100");
  auto* dataset = static_cast<uint8_t*>(randomx_get_dataset_memory(reference));
  prepareDataset(dataset, options.datasetFile);

  std::vector<Workers> workers(options.variants.size());
  for (size_t v = 0; v < workers.size(); ++v)
    for (unsigned i = 0; i < options.threads; ++i) {
      if (options.variants[v] == "ref") {
        workers[v].push_back(std::make_unique<ReferenceWorker>(reference));
      } else {
        const auto lanes = static_cast<unsigned>(std::stoul(options.variants[v]));
        workers[v].push_back(std::make_unique<OurWorker>(lanes, dataset, options.version));
      }
    }
  for (unsigned slice = 0; slice < options.slices; ++slice)
    for (Workers& variant : workers) runSlice(variant, options.seconds);

  std::printf("       median H/s          best tenth H/s\n");
  for (size_t v = 0; v < workers.size(); ++v) {
    const double median = quantile(workers[v], 0.5);
    const double best = quantile(workers[v], 0.9);
    std::printf("%-4s %8.1f  %.3f   %8.1f  %.3f\n", options.variants[v].c_str(), median,
                median / quantile(workers[0], 0.5), best, best / quantile(workers[0], 0.9));
  }
  workers.clear();
  randomx_release_dataset(reference);
}

}  // namespace

int main(int argc, char** argv) try {
  run(parse(argc, argv));
} catch (const std::exception& error) {
  std::fprintf(stderr, "hash_bench: %s\n", error.what());
  return 1;
}
