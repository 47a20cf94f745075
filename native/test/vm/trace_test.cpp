// Whole programs against the reference's inner states, on the interpreter and on the JIT.
#include <memory>

#include "jit/program_jit.hpp"
#include "primitives/aes.hpp"
#include "primitives/blake2b.hpp"
#include "primitives/bytes.hpp"
#include "support/cache.hpp"
#include "support/json.hpp"
#include "support/test.hpp"
#include "vm/program_runner.hpp"

namespace {

using namespace ibct;
using test::Json;

struct alignas(64) State {
  uint8_t bytes[64];
};

std::string digestOf(const void* data, size_t size) {
  uint8_t digest[32];
  blake2b(digest, sizeof digest, data, size);
  return test::hex(digest, sizeof digest);
}

test::Bytes ascii(const std::string& text) { return {text.begin(), text.end()}; }

void checkConfiguration(const Program& program, const Json& expected) {
  const Configuration& c = program.configuration;
  for (size_t i = 0; i < 8; ++i) CHECK_EQUAL(c.a[i], expected["a"].items()[i].number());
  for (size_t i = 0; i < 4; ++i)
    CHECK_EQUAL(unsigned{c.readRegister[i]}, expected["read_regs"].items()[i].number());
  for (size_t i = 0; i < 2; ++i) CHECK_EQUAL(c.eMask[i], expected["e_mask"].items()[i].number());
  CHECK_EQUAL(c.datasetOffset, expected["dataset_offset"].number());
  CHECK_EQUAL(c.ma & kDatasetLineMask, expected["ma_init_raw"].number() & kDatasetLineMask);
  CHECK_EQUAL(c.mx, expected["mx_init_raw"].number());
  if (const Json* branches = expected.find("cbranch_index_and_target"))
    for (const Json& branch : branches->items()) {
      const Instruction& in = program.code[branch.items()[0].number()];
      CHECK(in.op == Op::cbranch);
      CHECK_EQUAL(in.target, branch.items()[1].number());
    }
}

void checkTrace(const Json& trace, ProgramRunner& runner, unsigned lanes) {
  const Version version = trace["version"].number() == 1 ? Version::v1 : Version::v2;
  const AesKernels& aes = aesKernels(cpuFeatures());
  const Cache& cache = test::cacheOf(ascii(trace["key_ascii"].text()));
  const Region scratchpads = Region::allocate(lanes * kScratchpadBytes, PagePolicy::automatic);
  const test::Bytes input = ascii(trace["input_ascii"].text());
  State seed;
  blake2b(seed.bytes, 64, input.data(), input.size());
  CHECK_EQUAL(test::hex(seed.bytes, 64), trace["seed_S"].text());

  std::vector<VmState> vms(lanes);
  State state;
  for (unsigned lane = 0; lane < lanes; ++lane) {
    state = seed;
    vms[lane].scratchpad = scratchpads.data() + lane * kScratchpadBytes;
    aes.fill1R(state.bytes, vms[lane].scratchpad, kScratchpadBytes);
  }
  CHECK_EQUAL(test::hex(state.bytes, 64), trace["gen1_state_after_fill"].text());
  CHECK_EQUAL(digestOf(vms[0].scratchpad, kScratchpadBytes),
              trace["scratchpad_after_fill_blake2b256"].text());

  std::vector<Program> programs(lanes);
  alignas(64) uint8_t bytes[128 + 8 * kMaxInstructions];
  runner.setIterations(static_cast<unsigned>(trace["iterations_per_program"].number()));
  for (const Json& expected : trace["programs"].items()) {
    aes.fill4R(state.bytes, bytes, programBytes(version));
    for (Program& program : programs) decode(bytes, version, program);
    CHECK_EQUAL(test::hex(bytes, 128), expected["config_128"].text());
    checkConfiguration(programs[0], expected);

    const FloatEnvironment callers;
    runner.run(programs.data(), vms.data(), DatasetSource{nullptr, &cache});

    for (const VmState& vm : vms) {
      CHECK_EQUAL(test::hex(&vm.registers, 256), expected["regfile"].text());
      CHECK_EQUAL(vm.rounding, expected["fprc_after"].number());
      CHECK_EQUAL(digestOf(vm.scratchpad, kScratchpadBytes),
                  expected["scratchpad_after_blake2b256"].text());
      CHECK_EQUAL(vm.ma & kDatasetLineMask, expected["ma_after"].number() & kDatasetLineMask);
      CHECK_EQUAL(vm.mx & kDatasetLineMask, expected["mx_after"].number() & kDatasetLineMask);
    }
    blake2b(state.bytes, 64, &vms[0].registers, 256);
  }
}

void checkTraces(const char* name, const std::function<std::unique_ptr<ProgramRunner>()>& create,
                 unsigned lanes) {
  const auto& traces = test::randomxVectors()["traces"]["vectors"].items();
  CHECK_EQUAL(traces.size(), 6u);
  for (const Json& trace : traces) {
    const int before = test::failures();
    const auto runner = create();
    CHECK(runner != nullptr);
    if (runner == nullptr) return;
    checkTrace(trace, *runner, lanes);
    if (test::failures() != before)
      std::printf("  in %s, %u lanes, version %s, %s iterations\n", name, lanes,
                  trace["version"].text().c_str(), trace["iterations_per_program"].text().c_str());
  }
}

}  // namespace

TEST("traces of the interpreter") {
  checkTraces(
      "interpreter", [] { return createInterpreter(1); }, 1);
}

#if defined(__x86_64__) || defined(__aarch64__)
TEST("traces of the JIT, 1 to 4 lanes") {
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes)
    checkTraces(
        "jit", [lanes] { return createProgramJit(lanes, cpuFeatures()); }, lanes);
}

TEST("traces of the JIT without AES and BMI2 instructions") {
  for (const unsigned lanes : {1u, 3u})
    checkTraces(
        "plain jit", [lanes] { return createProgramJit(lanes, CpuFeatures{}); }, lanes);
}
#endif
