// Drives Debian's librandomx as a rival in compare.ts: builds its dataset, then hashes on demand.
//   reference THREADS LARGE_PAGES(0|1)
// stdout: "ready DATASET_SECONDS FIRST_HASH_HEX", then one line "HASHES SECONDS" for each line
// "SECONDS" on stdin.
#include <randomx.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned kBlobBytes = 76;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void pinTo(unsigned cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  sched_setaffinity(0, sizeof set, &set);
}

// Hashes consecutive nonces until `stop`, with the same first/next pipelining that miners use.
unsigned long hashUntil(const std::atomic<bool>& stop, randomx_vm* vm, uint32_t nonce) {
  unsigned char blob[kBlobBytes] = {};
  unsigned char hash[RANDOMX_HASH_SIZE];
  unsigned long hashes = 0;
  std::memcpy(blob + 39, &nonce, 4);
  randomx_calculate_hash_first(vm, blob, sizeof blob);
  while (!stop.load(std::memory_order_relaxed)) {
    ++nonce;
    std::memcpy(blob + 39, &nonce, 4);
    randomx_calculate_hash_next(vm, blob, sizeof blob, hash);
    ++hashes;
  }
  return hashes;
}

template <typename Work>
void onEveryThread(unsigned threads, Work work) {
  std::vector<std::thread> running;
  for (unsigned i = 0; i < threads; ++i) {
    running.emplace_back([=] {
      pinTo(i);
      work(i);
    });
  }
  for (auto& thread : running) thread.join();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: reference THREADS LARGE_PAGES(0|1)\n");
    return 2;
  }
  const auto threads = static_cast<unsigned>(std::atoi(argv[1]));
  auto flags = randomx_get_flags() | RANDOMX_FLAG_FULL_MEM;
  if (std::atoi(argv[2]) != 0) flags |= RANDOMX_FLAG_LARGE_PAGES;
  const unsigned char key[32] = {};

  randomx_cache* cache = randomx_alloc_cache(flags);
  randomx_dataset* dataset = randomx_alloc_dataset(flags);
  if (cache == nullptr || dataset == nullptr) {
    std::fprintf(stderr, "reference: no memory of this page size for cache and dataset\n");
    return 1;
  }
  randomx_init_cache(cache, key, sizeof key);
  const auto start = Clock::now();
  const unsigned long items = randomx_dataset_item_count();
  onEveryThread(threads, [=](unsigned i) {
    const unsigned long first = items * i / threads;
    randomx_init_dataset(dataset, cache, first, items * (i + 1) / threads - first);
  });
  const double datasetSeconds = secondsSince(start);

  std::vector<randomx_vm*> vms;
  for (unsigned i = 0; i < threads; ++i) vms.push_back(randomx_create_vm(flags, nullptr, dataset));
  unsigned char blob[kBlobBytes] = {};
  unsigned char hash[RANDOMX_HASH_SIZE];
  randomx_calculate_hash(vms[0], blob, sizeof blob, hash);
  std::printf("ready %.2f ", datasetSeconds);
  for (unsigned char byte : hash) std::printf("%02x", byte);
  std::printf("\n");
  std::fflush(stdout);

  double seconds = 0;
  while (std::cin >> seconds) {
    std::atomic<bool> stop{false};
    std::atomic<unsigned long> hashes{0};
    const auto sliceStart = Clock::now();
    std::thread timer([&] {
      std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
      stop = true;
    });
    onEveryThread(threads, [&](unsigned i) { hashes += hashUntil(stop, vms[i], i << 28); });
    timer.join();
    std::printf("%lu %.4f\n", hashes.load(), secondsSince(sliceStart));
    std::fflush(stdout);
  }
  return 0;
}
