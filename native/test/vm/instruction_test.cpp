#include <map>
#include <memory>

#include "primitives/bytes.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"
#include "vm/interpreter.hpp"

namespace {

using namespace ibct;
using test::Json;

// "r3", "f0.lo", "e2.hi", …
uint64_t& registerNamed(RegisterFile& registers, const std::string& name) {
  const size_t number = static_cast<size_t>(name[1] - '0');
  if (name[0] == 'r') return registers.r[number];
  const size_t half = name.substr(2) == ".hi" ? 1 : 0;
  auto& group = name[0] == 'f' ? registers.f : name[0] == 'e' ? registers.e : registers.a;
  return group[2 * number + half];
}

// One instruction on a machine of its own.
struct Bench {
  Bench() : program(std::make_unique<Program>()), scratchpad(kScratchpadBytes), vm() {
    vm.scratchpad = scratchpad.data();
  }

  void decodeWord(uint64_t word, Version version) {
    test::Bytes bytes(programBytes(version));
    store64(bytes.data() + 128, word);
    decode(bytes.data(), version, *program);
  }
  void setEMask(const Json& mask) {
    program->configuration.eMask = {mask.items()[0].number(), mask.items()[1].number()};
  }
  // Index of the next instruction.
  size_t run(RoundingMode mode) {
    FloatEnvironment saved;
    vm.rounding = mode;
    setRounding(mode);
    return interpretInstruction(*program, 0, vm);
  }
  const Instruction& instruction() const { return program->code[0]; }

  std::unique_ptr<Program> program;
  test::Bytes scratchpad;
  VmState vm;
};

bool sameRegisters(const RegisterFile& a, const RegisterFile& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

// The fields of the official vectors, with the upper register bits set as the reference's tests do.
uint64_t officialWord(const Json& vector) {
  static const std::map<std::string, unsigned> opcodes = {
      {"IADD_RS", 0},   {"IADD_M", 16},   {"ISUB_R", 23},   {"ISUB_M", 39},   {"IMUL_R", 46},
      {"IMUL_M", 62},   {"IMULH_R", 66},  {"IMULH_M", 70},  {"ISMULH_R", 71}, {"ISMULH_M", 75},
      {"IMUL_RCP", 76}, {"INEG_R", 84},   {"IXOR_R", 86},   {"IXOR_M", 101},  {"IROR_R", 106},
      {"IROL_R", 114},  {"ISWAP_R", 116}, {"FSWAP_R", 120}, {"FADD_R", 124},  {"FADD_M", 140},
      {"FSUB_R", 145},  {"FSUB_M", 161},  {"FSCAL_R", 166}, {"FMUL_R", 172},  {"FDIV_M", 204},
      {"FSQRT_R", 208}, {"CBRANCH", 214}, {"CFROUND", 239}, {"ISTORE", 240},
  };
  const auto field = [&vector](const char* name) {
    const Json* value = vector.find(name);
    return value != nullptr ? value->number() : 0;
  };
  return opcodes.at(vector["op"].text()) | (field("dst") | 0xC0) << 8 |
         (field("src") | 0xC0) << 16 | field("mod") << 24 | field("imm32") << 32;
}

uint32_t maskNamed(const std::string& name) {
  return name == "L1" ? kL1Mask : name == "L2" ? kL2Mask : kL3Mask;
}

void checkDecoding(const Instruction& in, const Json& expected) {
  if (expected.find("nop") != nullptr) CHECK(in.op == Op::nop);
  if (const Json* mask = expected.find("mask")) CHECK_EQUAL(in.mask, maskNamed(mask->text()));
  if (const Json* base = expected.find("address_register")) {
    if (base->text() == "null") {
      CHECK(in.usesImmediate);
    } else {
      CHECK(!in.usesImmediate);
      CHECK_EQUAL(in.op == Op::istore ? in.dst : in.src, base->text()[1] - '0');
    }
  }
  for (const char* name : {"imm", "cimm"})
    if (const Json* imm = expected.find(name))
      CHECK_EQUAL(static_cast<uint64_t>(int64_t{in.imm}), imm->number());
  if (const Json* mask = expected.find("condition_mask"))
    CHECK_EQUAL(uint64_t{kConditionMask} << in.shift, mask->number());
  if (const Json* divisor = expected.find("multiply_by_reciprocal_of"))
    CHECK_EQUAL(static_cast<uint32_t>(in.imm), divisor->number());
  if (const Json* count = expected.find("rotate_right_by"))
    CHECK_EQUAL(static_cast<uint32_t>(in.imm) & 63, count->number());
  if (expected.find("operands") != nullptr) CHECK(in.dst == 0 && in.src == 0 && !in.usesImmediate);
}

void runOfficial(const Json& vector) {
  Bench bench;
  bench.decodeWord(officialWord(vector), Version::v1);
  if (const Json* expected = vector.find("decode")) checkDecoding(bench.instruction(), *expected);
  if (vector.find("pre") == nullptr) return;
  for (const auto& pre : vector["pre"].members())
    registerNamed(bench.vm.registers, pre.first) = pre.second.number();
  if (const Json* mask = vector.find("e_mask")) bench.setEMask(*mask);
  if (const Json* word = vector.find("scratchpad_qword_at_0"))
    store64(bench.scratchpad.data(), word->number());
  if (const Json* words = vector.find("scratchpad_dwords_at_0"))
    for (size_t i = 0; i < words->items().size(); ++i)
      store32(bench.scratchpad.data() + 4 * i, static_cast<uint32_t>(words->items()[i].number()));

  const Json* mode = vector.find("fprc");
  const size_t next = bench.run(mode != nullptr ? static_cast<RoundingMode>(mode->number()) : 0);

  if (const Json* taken = vector.find("jump_taken")) CHECK_EQUAL(next, taken->isTrue() ? 0u : 1u);
  if (const Json* post = vector.find("post"))
    for (const auto& reg : post->members())
      CHECK_EQUAL(registerNamed(bench.vm.registers, reg.first), reg.second.number());
  if (const Json* post = vector.find("post_bytes"))
    for (const auto& reg : post->members())
      CHECK_EQUAL(test::hex(&registerNamed(bench.vm.registers, reg.first + ".lo"), 16),
                  reg.second.text());
}

}  // namespace

TEST("the reference's own instruction tests") {
  const Json& vectors = test::randomxVectors()["instructions_official"]["vectors"];
  CHECK_EQUAL(vectors.items().size(), 50u);
  for (const Json& vector : vectors.items()) {
    const int before = test::failures();
    runOfficial(vector);
    if (test::failures() != before) std::printf("  in %s\n", vector["name"].text().c_str());
  }
}

TEST("single instructions on made-up states, all rounding modes, both versions") {
  const Json& data = test::randomxVectors()["instructions"]["data"];
  const Json& vectors = data["vectors"];
  CHECK_EQUAL(vectors.items().size(), 354u);
  Bench bench;
  for (size_t j = 0; j < kScratchpadBytes / 8; ++j)
    store64(bench.scratchpad.data() + 8 * j, (j + 1) * 0x9E3779B97F4A7C15);
  const test::Bytes before = bench.scratchpad;

  for (const Json& vector : vectors.items()) {
    RegisterFile expected;
    const Json& pre = data["pre_states"].items().at(vector["pre"].number());
    std::array<uint64_t, 32> words{};
    for (size_t i = 0; i < 32; ++i) words[i] = pre.items().at(i).number();
    std::memcpy(&expected, words.data(), sizeof expected);
    for (const unsigned version : {1u, 2u}) {
      const uint64_t only = vector["version"].number();  // 0: the same in both
      if (only != 0 && only != version) continue;
      RegisterFile after = expected;
      bench.vm.registers = expected;
      bench.decodeWord(load64(vector["word"].bytes().data()),
                       version == 1 ? Version::v1 : Version::v2);
      bench.setEMask(data["e_mask"]);
      const auto mode = static_cast<RoundingMode>(vector["fprc"].number());

      const size_t next = bench.run(mode);

      for (const auto& reg : vector["changed"].members())
        registerNamed(after, reg.first) = reg.second.number();
      const int failures = test::failures();
      CHECK(sameRegisters(bench.vm.registers, after));
      const Json* taken = vector.find("jump_taken");
      CHECK_EQUAL(next, taken != nullptr && taken->isTrue() ? 0u : 1u);
      const Json* modeAfter = vector.find("fprc_after");
      CHECK_EQUAL(bench.vm.rounding, modeAfter != nullptr ? modeAfter->number() : mode);
      if (const Json* at = vector.find("stored_at")) {
        uint8_t* stored = bench.scratchpad.data() + at->number();
        CHECK_EQUAL(load64(stored), vector["stored"].number());
        std::memcpy(stored, before.data() + at->number(), 8);
      }
      CHECK(bench.scratchpad == before);
      if (test::failures() != failures)
        std::printf("  in %s %s\n", vector["op"].text().c_str(), vector["word"].text().c_str());
    }
  }
}
