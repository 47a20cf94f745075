#include "self_test.hpp"

#include <array>
#include <cstring>

#include "../hash/hasher.hpp"
#include "key_store.hpp"

namespace ibct {
namespace {

// From the reference implementation's own tests: key "test key 000", input "This is a test".
constexpr char kKeyText[] = "test key 000";
constexpr char kInputText[] = "This is a test";
constexpr std::array<uint8_t, 32> kHashV1 = {
    0x63, 0x91, 0x83, 0xaa, 0xe1, 0xbf, 0x4c, 0x9a, 0x35, 0x88, 0x4c, 0xb4, 0x6b, 0x09, 0xca, 0xd9,
    0x17, 0x5f, 0x04, 0xef, 0xd7, 0x68, 0x4e, 0x72, 0x62, 0xa0, 0xac, 0x1c, 0x2f, 0x0b, 0x4e, 0x3f};
constexpr std::array<uint8_t, 32> kHashV2 = {
    0x22, 0xec, 0x6b, 0x86, 0x1b, 0x3e, 0xb2, 0x36, 0x86, 0xb2, 0xef, 0xba, 0xd6, 0x95, 0x13, 0xc9,
    0x67, 0xec, 0xfc, 0xe8, 0x09, 0x83, 0xdf, 0x66, 0xc9, 0xc5, 0xb4, 0xfb, 0xfb, 0x4c, 0xdb, 0x6f};

// By CodePath.
std::array<std::atomic<bool>, 2>& passedBefore() {
  static std::array<std::atomic<bool>, 2> passed{};
  return passed;
}

bool isRight(const Cache& cache, CodePath path, const CpuFeatures& features, uint8_t* scratchpad,
             Version version) {
  HasherOptions options;
  options.path = path;
  options.features = features;
  const std::unique_ptr<Hasher> hasher = Hasher::create(options, scratchpad);
  if (!hasher) return false;
  hasher->useCache(cache, version);
  const Input input{reinterpret_cast<const uint8_t*>(kInputText), sizeof kInputText - 1};
  uint8_t hashes[1][32];
  hasher->first(&input);
  hasher->last(hashes);
  const auto& expected = version == Version::v1 ? kHashV1 : kHashV2;
  return std::memcmp(hashes[0], expected.data(), 32) == 0;
}

}  // namespace

SelfTest::SelfTest(CodePath path) {
  if (passedBefore()[static_cast<size_t>(path)]) {
    state_ = State::passed;
  } else {
    thread_ = std::thread([this, path] { run(path); });
  }
}

SelfTest::~SelfTest() {
  cancel_ = true;
  if (thread_.joinable()) thread_.join();
}

void SelfTest::run(CodePath path) {
  Key key;
  key.size = sizeof kKeyText - 1;
  std::memcpy(key.bytes, kKeyText, key.size);
  KeyStore::Outcome prepared = keyStore().acquire(key, path, PagePolicy::automatic, cancel_);
  const Region scratchpad = Region::allocate(kScratchpadBytes, PagePolicy::automatic);
  if (!prepared.key || !scratchpad) {
    status_ = prepared.status != RXN_OK ? prepared.status : RXN_OUT_OF_MEMORY;
    state_ = prepared.status == RXN_CODE_MEMORY_REFUSED ? State::jitWrong : State::failed;
    return;
  }
  const Cache& cache = prepared.key->cache;
  // The portable path must be right without any optional instruction.
  for (const Version version : {Version::v1, Version::v2}) {
    if (!isRight(cache, CodePath::interpreter, CpuFeatures{}, scratchpad.data(), version)) {
      status_ = RXN_SELF_TEST_FAILED;
      state_ = State::failed;
      return;
    }
    if (path == CodePath::jit &&
        !isRight(cache, CodePath::jit, cpuFeatures(), scratchpad.data(), version)) {
      status_ = RXN_SELF_TEST_FAILED;
      state_ = State::jitWrong;
      return;
    }
  }
  passedBefore()[static_cast<size_t>(path)] = true;
  state_ = State::passed;
}

}  // namespace ibct
