#include "self_test.hpp"

#include <array>
#include <cstring>
#include <exception>

#include "../hash/hasher.hpp"
#include "key_store.hpp"
#include "make_hasher.hpp"

namespace ibct {
namespace {

using Hash = std::array<uint8_t, 32>;

// From the reference implementation's own tests: key "test key 000", input "This is a test".
constexpr char kKeyText[] = "test key 000";
constexpr char kInputText[] = "This is a test";
constexpr Hash kHashV1 = {0x63, 0x91, 0x83, 0xaa, 0xe1, 0xbf, 0x4c, 0x9a, 0x35, 0x88, 0x4c,
                          0xb4, 0x6b, 0x09, 0xca, 0xd9, 0x17, 0x5f, 0x04, 0xef, 0xd7, 0x68,
                          0x4e, 0x72, 0x62, 0xa0, 0xac, 0x1c, 0x2f, 0x0b, 0x4e, 0x3f};
constexpr Hash kHashV2 = {0x22, 0xec, 0x6b, 0x86, 0x1b, 0x3e, 0xb2, 0x36, 0x86, 0xb2, 0xef,
                          0xba, 0xd6, 0x95, 0x13, 0xc9, 0x67, 0xec, 0xfc, 0xe8, 0x09, 0x83,
                          0xdf, 0x66, 0xc9, 0xc5, 0xb4, 0xfb, 0xfb, 0x4c, 0xdb, 0x6f};
// From Monero's tests-slow-1.txt: 43 zero bytes.
constexpr size_t kZeroBytes = 43;
constexpr Hash kHashCryptonight = {0xb5, 0xa7, 0xf6, 0x3a, 0xbb, 0x94, 0xd0, 0x7d, 0x1a, 0x64, 0x45,
                                   0xc3, 0x6c, 0x07, 0xc7, 0xe8, 0x32, 0x7f, 0xe6, 0x1b, 0x16, 0x47,
                                   0xe3, 0x91, 0xb4, 0xc7, 0xed, 0xae, 0x5d, 0xe5, 0x7a, 0x3d};

std::atomic<bool>& passedBefore(SelfTest::Family family, CodePath path) {
  static std::array<std::array<std::atomic<bool>, 2>, 2> passed{};
  return passed[static_cast<size_t>(family)][static_cast<size_t>(path)];
}

// RXN_OK, or what is wrong with this way to hash.
Status test(std::unique_ptr<Hasher> hasher, const Input& input, const Hash& expected) {
  if (!hasher) return RXN_CODE_MEMORY_REFUSED;
  uint8_t hashes[1][32];
  hasher->first(&input);
  hasher->last(hashes);
  const bool same = std::memcmp(hashes[0], expected.data(), expected.size()) == 0;
  return same ? RXN_OK : RXN_SELF_TEST_FAILED;
}

Status testVersion(const Cache& cache, CodePath path, const CpuFeatures& features,
                   uint8_t* scratchpad, Version version) {
  std::unique_ptr<Hasher> hasher = Hasher::create({path, features, 1}, scratchpad);
  if (hasher) hasher->useCache(cache, version);
  const Input input{reinterpret_cast<const uint8_t*>(kInputText), sizeof kInputText - 1};
  return test(std::move(hasher), input, version == Version::v1 ? kHashV1 : kHashV2);
}

}  // namespace

bool SelfTest::hasPassed(Family family, CodePath path) { return passedBefore(family, path); }

SelfTest::SelfTest(Family family, CodePath path, bool beside, const std::atomic<bool>& stop)
    : family_(family), path_(path) {
  if (hasPassed(family, path)) {
    state_ = State::passed;
    return;
  }
  if (beside) {
    try {
      thread_ = std::thread([this] { run(cancel_); });
      return;
    } catch (const std::exception&) {
      // Refused: here, then.
    }
  }
  run(stop);
}

SelfTest::~SelfTest() {
  cancel_ = true;
  if (thread_.joinable()) thread_.join();
}

void SelfTest::finish(State state, Status status) {
  status_ = status;
  state_ = state;
}

void SelfTest::run(const std::atomic<bool>& cancel) noexcept {
  try {
    if (family_ == Family::randomx) {
      testRandomX(cancel);
    } else {
      testCryptonight();
    }
  } catch (const std::exception&) {
    finish(State::failed, RXN_OUT_OF_MEMORY);
  }
  if (state_ == State::passed) passedBefore(family_, path_) = true;
}

void SelfTest::testRandomX(const std::atomic<bool>& cancel) {
  Key key;
  key.size = sizeof kKeyText - 1;
  std::memcpy(key.bytes, kKeyText, key.size);
  const KeyStore::Outcome prepared = keyStore().acquire(key, path_, PagePolicy::ordinary, cancel);
  if (prepared.status != RXN_OK) {
    const bool refused = prepared.status == RXN_CODE_MEMORY_REFUSED;
    return finish(refused ? State::jitWrong : State::failed, prepared.status);
  }
  if (!prepared.key) return;  // cancelled
  const Region scratchpad = Region::allocate(kScratchpadBytes, PagePolicy::ordinary);
  if (!scratchpad) return finish(State::failed, RXN_OUT_OF_MEMORY);
  const Cache& cache = prepared.key->cache;
  for (const Version version : {Version::v1, Version::v2}) {
    if (cancel) return;
    // The portable path must be right without any optional instruction.
    const Status portable =
        testVersion(cache, CodePath::interpreter, CpuFeatures{}, scratchpad.data(), version);
    if (portable != RXN_OK) return finish(State::failed, portable);
    if (path_ != CodePath::jit) continue;
    const Status jit = testVersion(cache, CodePath::jit, cpuFeatures(), scratchpad.data(), version);
    if (jit != RXN_OK) return finish(State::jitWrong, jit);
  }
  finish(State::passed, RXN_OK);
}

void SelfTest::testCryptonight() {
  const Region scratchpad = Region::allocate(kScratchpadBytes, PagePolicy::ordinary);
  if (!scratchpad) return finish(State::failed, RXN_OUT_OF_MEMORY);
  const uint8_t zeroes[kZeroBytes] = {};
  const Input input{zeroes, sizeof zeroes};
  const auto testPath = [&](CodePath which) {
    return test(makeHasher({Algorithm::cn1, which}, nullptr, nullptr, scratchpad.data()), input,
                kHashCryptonight);
  };
  const Status portable = testPath(CodePath::interpreter);
  if (portable != RXN_OK) return finish(State::failed, portable);
  const Status fast = testPath(path_);
  if (fast != RXN_OK) return finish(State::jitWrong, fast);
  finish(State::passed, RXN_OK);
}

}  // namespace ibct
