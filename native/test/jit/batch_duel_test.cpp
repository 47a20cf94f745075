// Whole programs, 2,048 iterations, of several lanes in fast mode whose addresses collide all the
// time: within twice 512 bytes of each scratchpad, what an instruction stores, what an iteration
// leaves behind and what it or the next one reads meet again and again.
#include <algorithm>

#include "duel.hpp"
#include "support/repeating_dataset.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using test::below;
using test::Random;
using test::withImmediate;

// Eight lines: bits 6 to 8 of an address.
constexpr uint32_t kFewWordsMask = 0x1F8;
constexpr uint32_t kOneLineMask = 0x38;
// Into the same lines of the scratchpad's second half, where only level 3 reaches: what x86-64
// stores there it defers. AArch64 has no instruction for a mask with a gap, and needs none.
#if defined(__x86_64__)
constexpr uint32_t kFar = 0x100000;
#else
constexpr uint32_t kFar = 0;
#endif
// A word of the dataset cannot lead a scratchpad line address, in either half, out of the eight
// here or there.
constexpr uint64_t kDatasetBits = ~uint64_t{0x000FFE00000FFE00};

enum class Lines { eight, one, any };

// Leaves three bits of the register, from bit `lowest` on. Three instructions.
void keepThreeBits(Program& program, size_t at, uint8_t reg, int32_t lowest) {
  program.code[at] = withImmediate(Op::imulR, reg, 1 << 30);
  program.code[at + 1] = withImmediate(Op::imulR, reg, INT32_MIN);  // together times 2^61
  program.code[at + 2] = withImmediate(Op::irorR, reg, 61 - lowest);
}

// The program's last instructions are replaced, so no branch has them within its loop.
void collide(Random& random, Program& program) {
  const uint32_t mask = below(random, 2) == 0 ? kFewWordsMask : kOneLineMask;
  for (size_t i = 0; i < program.size; ++i) {
    Instruction& in = program.code[i];
    if (in.mask == 0) continue;
    const bool mayReachFar = in.op == Op::istore ? below(random, 4) == 0 : in.usesImmediate;
    in.mask = mayReachFar ? mask | kFar : mask;
  }
  std::array<uint8_t, 4>& read = program.configuration.readRegister;
  switch (static_cast<Lines>(below(random, 3))) {
    case Lines::eight:
      keepThreeBits(program, program.size - 6, read[0], 6);
      keepThreeBits(program, program.size - 3, read[1], 32 + 6);
      break;
    case Lines::one:
      read[1] = read[0];
      break;
    case Lines::any:
      break;
  }
}

void duels(Version version) {
  test::Campaign campaign(60, 50);
  Random& random = campaign.random;
  const test::RepeatingDataset dataset(kDatasetBits);
  const DatasetSource source{dataset.data(), nullptr};
  for (unsigned lanes = 2; lanes <= kMaxLanes; ++lanes) {
    test::Duel duel(random, lanes);
    bool same = true;
    const unsigned programs = std::max(campaign.programs / 3, 1u);
    for (unsigned tried = 0; same && tried < programs; tried += lanes)
      same = duel.round(
          version, kIterations, source,
          [&](uint8_t* bytes) {
            for (size_t i = 0; i < programBytes(version); i += 8) store64(bytes + i, random());
          },
          [&](Program& program) { collide(random, program); });
    CHECK(same);
  }
}

}  // namespace

TEST("whole programs whose addresses collide do the same on the JIT and the interpreter: rx/0") {
  duels(Version::v1);
}

TEST("whole programs whose addresses collide do the same on the JIT and the interpreter: rx/2") {
  duels(Version::v2);
}
