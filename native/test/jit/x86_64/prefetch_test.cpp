// By which instruction dataset lines are called ahead of time.
#include "cpu/features.hpp"
#include "jit/x86_64/program/loop_compiler.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

struct Hints {
  unsigned t0 = 0;
  unsigned nta = 0;
};

// Those of a loop around programs without instructions: no immediate looks like one.
Hints hintsOf(unsigned lanes, DatasetPrefetch prefetch) {
  static const std::array<Program, kMaxLanes> programs{};
  x86::Context context{};
  std::vector<uint8_t> code(size_t{1} << 16);
  x86::Assembler as(code.data(), code.size());
  CpuFeatures features;
  features.datasetPrefetch = prefetch;
  const x86::LoopOptions options{lanes, x86::ItemSource::dataset, x86::Rounding::control, features,
                                 code.data()};
  x86::LoneFrame frame{};
  if (lanes == 1)
    x86::compileLone(as, programs[0], context, options, frame);
  else
    x86::compileBatch(as, programs.data(), context, options);
  Hints hints;
  for (size_t i = 0; i + 2 < code.size(); ++i) {
    if (code[i] != 0x0F || code[i + 1] != 0x18) continue;
    const unsigned hint = code[i + 2] >> 3 & 7;
    hints.nta += hint == 0 ? 1 : 0;
    hints.t0 += hint == 1 ? 1 : 0;
  }
  return hints;
}

TEST("each lane's dataset line is called as the features say, scratchpad lines always by t0") {
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
    const Hints none = hintsOf(lanes, DatasetPrefetch::none);
    const Hints t0 = hintsOf(lanes, DatasetPrefetch::t0);
    const Hints nta = hintsOf(lanes, DatasetPrefetch::nta);
    CHECK_EQUAL(none.nta, 0u);
    CHECK_EQUAL(t0.nta, 0u);
    CHECK_EQUAL(t0.t0, none.t0 + lanes);
    CHECK_EQUAL(nta.nta, lanes);
    CHECK_EQUAL(nta.t0, none.t0);
  }
}

}  // namespace
