#include "hasher.hpp"

#include <array>
#include <cstring>
#include <vector>

#include "../jit/program_jit.hpp"
#include "../primitives/aes.hpp"
#include "../primitives/blake2b.hpp"
#include "../vm/program_runner.hpp"

namespace ibct {
namespace {

struct alignas(64) AesState {
  uint8_t bytes[64];
};

// The hash chain of RandomX (specification 2), `lanes` inputs at a time.
class LockstepHasher : public Hasher {
 public:
  LockstepHasher(std::unique_ptr<ProgramRunner> runner, const HasherOptions& options,
                 uint8_t* scratchpads)
      : runner_(std::move(runner)), aes_(aesKernels(options.features)), lanes_(options.lanes) {
    for (unsigned lane = 0; lane < lanes_; ++lane)
      vms_[lane].scratchpad = scratchpads + lane * kScratchpadBytes;
  }

  void useCache(const Cache& cache, Version version) override {
    source_ = DatasetSource{nullptr, &cache};
    version_ = version;
  }
  void useDataset(const uint8_t* dataset, Version version) override {
    source_ = DatasetSource{dataset, nullptr};
    version_ = version;
  }

  void first(const Input* inputs) override {
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      seed(lane, inputs[lane]);
      aes_.fill1R(states_[lane].bytes, vms_[lane].scratchpad, kScratchpadBytes);
    }
  }

  void next(const Input* inputs, uint8_t (*out)[32]) override {
    runPrograms();
    AesState hashes[kMaxLanes];
    ScratchpadPass passes[kMaxLanes];
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      seed(lane, inputs[lane]);
      passes[lane] = {vms_[lane].scratchpad, states_[lane].bytes, hashes[lane].bytes};
    }
    aes_.hashAndFill1R(passes, lanes_, kScratchpadBytes);
    for (unsigned lane = 0; lane < lanes_; ++lane) finish(lane, hashes[lane], out[lane]);
  }

  void last(uint8_t (*out)[32]) override {
    runPrograms();
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      AesState hash;
      aes_.hash1R(vms_[lane].scratchpad, kScratchpadBytes, hash.bytes);
      finish(lane, hash, out[lane]);
    }
  }

  unsigned lanes() const override { return lanes_; }
  const char* programPath() const override { return runner_->name(); }
  const char* aesPath() const override { return aes_.name; }

 private:
  void seed(unsigned lane, const Input& input) {
    blake2b(states_[lane].bytes, 64, input.data, input.size);
  }

  // From the filled scratchpads to the register files after the eighth program. The state a fill
  // leaves behind generates the first program.
  void runPrograms() {
    const FloatEnvironment callers;
    for (unsigned lane = 0; lane < lanes_; ++lane) vms_[lane].rounding = 0;
    for (unsigned number = 0; number < kProgramsPerHash; ++number) {
      for (unsigned lane = 0; lane < lanes_; ++lane) {
        if (number > 0) blake2b(states_[lane].bytes, 64, &vms_[lane].registers, 256);
        aes_.fill4R(states_[lane].bytes, programBytes_, programBytes(version_));
        decode(programBytes_, version_, programs_[lane]);
      }
      runner_->run(programs_.data(), vms_.data(), source_);
    }
  }

  void finish(unsigned lane, const AesState& scratchpadHash, uint8_t out[32]) {
    RegisterFile& registers = vms_[lane].registers;
    std::memcpy(registers.a.data(), scratchpadHash.bytes, 64);
    blake2b(out, 32, &registers, sizeof registers);
  }

  std::unique_ptr<ProgramRunner> runner_;
  const AesKernels& aes_;
  const unsigned lanes_;
  DatasetSource source_;
  Version version_ = Version::v1;
  std::array<VmState, kMaxLanes> vms_{};
  std::array<AesState, kMaxLanes> states_{};
  std::array<Program, kMaxLanes> programs_;
  alignas(64) uint8_t programBytes_[128 + 8 * kMaxInstructions];
};

}  // namespace

std::unique_ptr<Hasher> Hasher::create(const HasherOptions& options, uint8_t* scratchpads) {
  if (options.lanes < 1 || options.lanes > kMaxLanes) return nullptr;
  auto runner = options.path == CodePath::jit ? createProgramJit(options.lanes, options.features)
                                              : createInterpreter(options.lanes);
  if (runner == nullptr) return nullptr;
  return std::make_unique<LockstepHasher>(std::move(runner), options, scratchpads);
}

void commitment(const Input& input, const uint8_t hash[32], uint8_t out[32]) {
  const size_t size = input.size + 32;
  uint8_t ofUsualSize[1024];  // threads that hash must not ask for memory
  std::vector<uint8_t> large(size > sizeof ofUsualSize ? size : 0);
  uint8_t* both = large.empty() ? ofUsualSize : large.data();
  if (input.size != 0) std::memcpy(both, input.data, input.size);
  std::memcpy(both + input.size, hash, 32);
  blake2b(out, 32, both, size);
}

}  // namespace ibct
