// Random programs on the JIT and on the interpreter: every rounding mode, extreme immediates, both
// versions, every number of lanes, all feature sets, both modes. IBCT_FUZZ_PROGRAMS sets how many
// programs are tried.
#include "duel.hpp"
#include "support/cache.hpp"
#include "support/repeating_dataset.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;
using test::below;
using test::Random;
using test::withImmediate;

constexpr uint32_t kExtremes[] = {0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x40000000, 127, 128};
constexpr uint8_t kCfround = 239;

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

bool changes(const Instruction& in, uint8_t reg) {
  return in.op <= Op::iswapR && (in.dst == reg || (in.op == Op::iswapR && in.src == reg));
}

// A program whose only branch is taken once in every iteration and repeats most of the program.
void repeatMost(Random& random, Program& program) {
  const auto reg = static_cast<uint8_t>(below(random, 8));
  for (size_t i = 0; i < program.size; ++i)
    if (program.code[i].op == Op::cbranch || changes(program.code[i], reg)) program.code[i] = {};
  Instruction branch = withImmediate(Op::cbranch, reg, 0);
  branch.shift = static_cast<uint8_t>(8 + below(random, 16));
  branch.imm = 1 << branch.shift;
  branch.target = 4;
  // Times 2^93 it is zero; less the branch's constant it makes the branch jump, once.
  for (size_t i = 0; i < 3; ++i) program.code[i] = withImmediate(Op::imulR, reg, INT32_MIN);
  program.code[3] = withImmediate(Op::isubR, reg, branch.imm);
  program.code[program.size - 1 - below(random, 100)] = branch;
}

void duels(
    test::Campaign campaign, const DatasetSource& source,
    void (*change)(Random&, Program&) = [](Random&, Program&) {}) {
  Random& random = campaign.random;
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
    test::Duel duel(random, lanes);
    bool same = true;
    for (unsigned tried = 0; same && tried < campaign.programs / kMaxLanes; tried += lanes) {
      const Version version = below(random, 2) == 0 ? Version::v1 : Version::v2;
      same = duel.round(
          version, 1 + below(random, 4), source,
          [&](uint8_t* bytes) { makeProgram(random, bytes, version); },
          [&](Program& program) { change(random, program); });
    }
    CHECK(same);
  }
}

}  // namespace

TEST("random programs do the same on the JIT and the interpreter: fast mode") {
  const test::RepeatingDataset dataset;
  duels(test::Campaign(4000), {dataset.data(), nullptr});
}

TEST("programs that repeat most of themselves do the same on the JIT and the interpreter") {
  const test::RepeatingDataset dataset;
  duels(test::Campaign(400, 2), {dataset.data(), nullptr}, repeatMost);
}

TEST("random programs do the same on the JIT and the interpreter: light mode") {
  duels(test::Campaign(800, 5), {nullptr, &test::cacheOf({1, 2, 3})});
}
