// Random programs on the JIT and on the interpreter, from equal beginnings.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "jit/program_jit.hpp"
#include "memory/region.hpp"
#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "vm/program_runner.hpp"

namespace test {

using Random = std::mt19937_64;

inline unsigned below(Random& random, unsigned limit) {
  return static_cast<unsigned>(random() % limit);
}

inline ibct::Instruction withImmediate(ibct::Op op, uint8_t reg, int32_t imm) {
  ibct::Instruction in;
  in.op = op;
  in.dst = reg;
  in.usesImmediate = true;
  in.imm = imm;
  return in;
}

// How many programs to try: IBCT_FUZZ_PROGRAMS, divided by what one of them costs, or `usually`,
// which are then the same ones always.
struct Campaign {
  explicit Campaign(unsigned usually, unsigned cost = 1) {
    const char* text = std::getenv("IBCT_FUZZ_PROGRAMS");
    programs =
        text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) / cost : usually;
    const uint64_t seed = text != nullptr ? std::random_device{}() : 1;
    std::printf("  seed %llu\n", static_cast<unsigned long long>(seed));
    random.seed(seed);
  }

  unsigned programs;
  Random random;
};

// The same lanes twice: one set of scratchpads for each side, equal as long as no fault is found.
class Duel {
 public:
  Duel(Random& random, unsigned lanes)
      : random_(random),
        lanes_(lanes),
        memory_(ibct::Region::allocate(2 * lanes * ibct::kScratchpadBytes,
                                       ibct::PagePolicy::automatic)),
        jitted_(lanes),
        interpreted_(lanes),
        programs_(lanes),
        bytes_(lanes, Bytes(ibct::programBytes(ibct::Version::v2))) {
    for (unsigned lane = 0; lane < lanes; ++lane) {
      jitted_[lane].scratchpad = memory_.data() + lane * ibct::kScratchpadBytes;
      interpreted_[lane].scratchpad = memory_.data() + (lanes + lane) * ibct::kScratchpadBytes;
      for (size_t i = 0; i < ibct::kScratchpadBytes; i += 8)
        ibct::store64(jitted_[lane].scratchpad + i, random());
      std::memcpy(interpreted_[lane].scratchpad, jitted_[lane].scratchpad, ibct::kScratchpadBytes);
    }
  }

  // `write` makes the bytes of each lane's program, `change` forges the decoded one. False, and
  // told, when the two sides differ.
  bool round(ibct::Version version, unsigned iterations, const ibct::DatasetSource& source,
             const std::function<void(uint8_t* bytes)>& write,
             const std::function<void(ibct::Program& program)>& change = {}) {
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      write(bytes_[lane].data());
      ibct::decode(bytes_[lane].data(), version, programs_[lane]);
      if (change) change(programs_[lane]);
      jitted_[lane].rounding = interpreted_[lane].rounding = below(random_, 4);
    }
    if (jit_ == nullptr || below(random_, 4) == 0) {
      features_ = someFeatures();
      jit_ = ibct::createProgramJit(lanes_, features_);
    }
    const auto interpreter = ibct::createInterpreter(lanes_);
    jit_->setIterations(iterations);
    interpreter->setIterations(iterations);

    const ibct::FloatEnvironment callers;
    jit_->run(programs_.data(), jitted_.data(), source);
    interpreter->run(programs_.data(), interpreted_.data(), source);
    ibct::setRounding(0);
    for (unsigned lane = 0; lane < lanes_; ++lane)
      if (!same(jitted_[lane], interpreted_[lane])) {
        tell(lane, version, iterations);
        return false;
      }
    return true;
  }

 private:
  // The machine's, or fewer.
  ibct::CpuFeatures someFeatures() {
    ibct::CpuFeatures features = ibct::cpuFeatures();
    features.aes = features.aes && below(random_, 2) == 0;
    features.bmi2 = features.bmi2 && below(random_, 2) == 0;
    features.avx2 = features.avx2 && below(random_, 4) != 0;
    features.avx512 = features.avx512 && features.avx2 && below(random_, 4) != 0;
    features.fastEmbeddedRounding = features.avx512 && below(random_, 2) == 0;
    features.fastControlWord = below(random_, 2) == 0;
    features.datasetPrefetch = static_cast<ibct::DatasetPrefetch>(below(random_, 3));
    return features;
  }
  static bool same(const ibct::VmState& a, const ibct::VmState& b) {
    return std::memcmp(&a.registers, &b.registers, sizeof a.registers) == 0 &&
           a.rounding == b.rounding && a.ma == b.ma && a.mx == b.mx &&
           std::memcmp(a.scratchpad, b.scratchpad, ibct::kScratchpadBytes) == 0;
  }
  void tell(unsigned lane, ibct::Version version, unsigned iterations) {
    std::printf(
        "  lane %u of %u, version %d, %u iterations, aes %d, bmi2 %d, avx2 %d, avx512 %d, embedded "
        "rounding "
        "%d, fast control word %d\n  jit         %s\n"
        "  interpreter %s\n  program %s\n",
        lane, lanes_, version == ibct::Version::v1 ? 1 : 2, iterations, features_.aes,
        features_.bmi2, features_.avx2, features_.avx512, features_.fastEmbeddedRounding,
        features_.fastControlWord, hex(&jitted_[lane].registers, 256).c_str(),
        hex(&interpreted_[lane].registers, 256).c_str(), hex(bytes_[lane]).c_str());
  }

  Random& random_;
  const unsigned lanes_;
  ibct::Region memory_;
  std::vector<ibct::VmState> jitted_;
  std::vector<ibct::VmState> interpreted_;
  std::vector<ibct::Program> programs_;
  std::vector<Bytes> bytes_;
  std::unique_ptr<ibct::ProgramRunner> jit_;  // runs several rounds: some of its code stays
  ibct::CpuFeatures features_{};
};

}  // namespace test
