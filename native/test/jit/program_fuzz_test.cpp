// Random programs on the JIT and on the interpreter: every rounding mode, extreme immediates, both
// versions, every number of lanes, all feature sets, fast mode. IBCT_FUZZ_PROGRAMS sets how many
// programs are tried.
#include <cstdlib>
#include <cstring>
#include <memory>

#include "jit/program_jit.hpp"
#include "memory/region.hpp"
#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "support/repeating_dataset.hpp"
#include "support/test.hpp"
#include "vm/program_runner.hpp"

namespace {

using namespace ibct;
using Random = std::mt19937_64;

constexpr uint32_t kExtremes[] = {0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x40000000, 127, 128};
constexpr uint8_t kCfround = 239;

unsigned below(Random& random, unsigned limit) { return static_cast<unsigned>(random() % limit); }

// Program bytes with one of several characters.
void makeProgram(Random& random, uint8_t* bytes, Version version) {
  for (size_t i = 0; i < programBytes(version); i += 8) store64(bytes + i, random());
  // Equal ma and mx: both results of the first iteration go to one scratchpad line.
  if (below(random, 4) == 0) store64(bytes + 80, load64(bytes + 64));
  const bool extremeImmediates = below(random, 2) == 0;
  const bool manyModes = below(random, 4) == 0;
  const bool oneKind = below(random, 4) == 0;
  const auto kind = static_cast<uint8_t>(random());
  for (size_t i = 0; i < instructionCount(version); ++i) {
    uint8_t* instruction = bytes + 128 + 8 * i;
    if (extremeImmediates) store32(instruction + 4, kExtremes[below(random, 8)]);
    if (oneKind && below(random, 2) == 0) instruction[0] = kind;
    if (manyModes && below(random, 8) == 0) instruction[0] = kCfround;
  }
}

// The same lanes twice: one set of scratchpads for each side, equal as long as no fault is found.
class Duel {
 public:
  Duel(Random& random, unsigned lanes)
      : random_(random),
        lanes_(lanes),
        memory_(Region::allocate(2 * lanes * kScratchpadBytes, PagePolicy::automatic)),
        jitted_(lanes),
        interpreted_(lanes),
        programs_(lanes),
        bytes_(lanes, test::Bytes(programBytes(Version::v2))) {
    for (unsigned lane = 0; lane < lanes; ++lane) {
      jitted_[lane].scratchpad = memory_.data() + lane * kScratchpadBytes;
      interpreted_[lane].scratchpad = memory_.data() + (lanes + lane) * kScratchpadBytes;
      for (size_t i = 0; i < kScratchpadBytes; i += 8)
        store64(jitted_[lane].scratchpad + i, random());
      std::memcpy(interpreted_[lane].scratchpad, jitted_[lane].scratchpad, kScratchpadBytes);
    }
  }

  // False, and told, when the two sides differ.
  bool round(const DatasetSource& source) {
    const Version version = below(random_, 2) == 0 ? Version::v1 : Version::v2;
    for (unsigned lane = 0; lane < lanes_; ++lane) {
      makeProgram(random_, bytes_[lane].data(), version);
      decode(bytes_[lane].data(), version, programs_[lane]);
      jitted_[lane].rounding = interpreted_[lane].rounding = below(random_, 4);
    }
    CpuFeatures features = cpuFeatures();
    features.aes = features.aes && below(random_, 2) == 0;
    features.bmi2 = features.bmi2 && below(random_, 2) == 0;
    features.avx512 = features.avx512 && below(random_, 4) != 0;
    features.fastEmbeddedRounding = features.avx512 && below(random_, 2) == 0;
    const auto jit = createProgramJit(lanes_, features);
    const auto interpreter = createInterpreter(lanes_);
    const unsigned iterations = 1 + below(random_, 4);
    jit->setIterations(iterations);
    interpreter->setIterations(iterations);

    const FloatEnvironment callers;
    jit->run(programs_.data(), jitted_.data(), source);
    interpreter->run(programs_.data(), interpreted_.data(), source);
    setRounding(0);
    for (unsigned lane = 0; lane < lanes_; ++lane)
      if (!same(jitted_[lane], interpreted_[lane])) {
        tell(lane, version, iterations, features);
        return false;
      }
    return true;
  }

 private:
  static bool same(const VmState& a, const VmState& b) {
    return std::memcmp(&a.registers, &b.registers, sizeof a.registers) == 0 &&
           a.rounding == b.rounding &&
           std::memcmp(a.scratchpad, b.scratchpad, kScratchpadBytes) == 0;
  }
  void tell(unsigned lane, Version version, unsigned iterations, const CpuFeatures& features) {
    std::printf(
        "  lane %u of %u, version %d, %u iterations, aes %d, bmi2 %d, avx512 %d, embedded rounding "
        "%d\n  jit         %s\n"
        "  interpreter %s\n  program %s\n",
        lane, lanes_, version == Version::v1 ? 1 : 2, iterations, features.aes, features.bmi2,
        features.avx512, features.fastEmbeddedRounding,
        test::hex(&jitted_[lane].registers, 256).c_str(),
        test::hex(&interpreted_[lane].registers, 256).c_str(), test::hex(bytes_[lane]).c_str());
  }

  Random& random_;
  const unsigned lanes_;
  Region memory_;
  std::vector<VmState> jitted_;
  std::vector<VmState> interpreted_;
  std::vector<Program> programs_;
  std::vector<test::Bytes> bytes_;
};

unsigned programsWanted() {
  const char* text = std::getenv("IBCT_FUZZ_PROGRAMS");
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 4000;
}

}  // namespace

TEST("random programs do the same on the JIT and the interpreter") {
  const unsigned wanted = programsWanted();
  const uint64_t seed = wanted == 4000 ? 1 : std::random_device{}();
  std::printf("  seed %llu\n", static_cast<unsigned long long>(seed));
  Random random(seed);
  const test::RepeatingDataset dataset;
  const DatasetSource source{dataset.data(), nullptr};
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
    Duel duel(random, lanes);
    bool same = true;
    for (unsigned tried = 0; same && tried < wanted / kMaxLanes; tried += lanes)
      same = duel.round(source);
    CHECK(same);
  }
}
