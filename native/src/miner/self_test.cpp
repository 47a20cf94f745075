#include "self_test.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <iterator>

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
  return everyLaneHashes(*hasher, input, expected.data()) ? RXN_OK : RXN_SELF_TEST_FAILED;
}

Status testVersion(const Cache& cache, const HasherOptions& options, uint8_t* scratchpads,
                   Version version) {
  std::unique_ptr<Hasher> hasher = Hasher::create(options, scratchpads);
  if (hasher) hasher->useCache(cache, version);
  const Input input{reinterpret_cast<const uint8_t*>(kInputText), sizeof kInputText - 1};
  return test(std::move(hasher), input, version == Version::v1 ? kHashV1 : kHashV2);
}

}  // namespace

bool everyLaneHashes(Hasher& hasher, const Input& input, const uint8_t expected[32]) {
  Input inputs[kMaxLanes];
  std::fill(std::begin(inputs), std::end(inputs), input);
  uint8_t hashes[kMaxLanes][32];
  const auto right = [&] {
    return std::all_of(hashes, hashes + hasher.lanes(), [&](const uint8_t(&hash)[32]) {
      return std::equal(std::begin(hash), std::end(hash), expected);
    });
  };
  hasher.first(inputs);
  bool same = true;
  if (hasher.lanes() > 1) {  // one has no other beside it to disturb
    hasher.next(inputs, hashes);
    same = right();
  }
  hasher.last(hashes);
  return same && right();
}

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
  const Cache& cache = prepared.key->cache;
  const unsigned lanes = lightLanes(cache);
  const Region scratchpads = Region::allocate(lanes * kScratchpadBytes, PagePolicy::ordinary);
  if (!scratchpads) return finish(State::failed, RXN_OUT_OF_MEMORY);
  for (const Version version : {Version::v1, Version::v2}) {
    if (cancel) return;
    // The portable path must be right without any optional instruction.
    const Status portable =
        testVersion(cache, {CodePath::interpreter, CpuFeatures{}, 1}, scratchpads.data(), version);
    if (portable != RXN_OK) return finish(State::failed, portable);
    if (path_ != CodePath::jit) continue;
    // Light mode hashes in groups, and one by one while a dataset is being built.
    for (const unsigned group : {1u, lanes}) {
      const Status jit =
          testVersion(cache, {CodePath::jit, cpuFeatures(), group}, scratchpads.data(), version);
      if (jit != RXN_OK) return finish(State::jitWrong, jit);
      if (group == lanes) break;
    }
  }
  finish(State::passed, RXN_OK);
}

void SelfTest::testCryptonight() {
  const Region scratchpads = Region::allocate(kMaxLanes * kScratchpadBytes, PagePolicy::ordinary);
  if (!scratchpads) return finish(State::failed, RXN_OUT_OF_MEMORY);
  const uint8_t zeroes[kZeroBytes] = {};
  const Input input{zeroes, sizeof zeroes};
  const auto testPath = [&](CodePath which, unsigned lanes) {
    return test(makeHasher({Algorithm::cn1, which, lanes}, nullptr, nullptr, scratchpads.data()),
                input, kHashCryptonight);
  };
  const Status portable = testPath(CodePath::interpreter, 1);
  if (portable != RXN_OK) return finish(State::failed, portable);
  // Each number of lanes has code of its own.
  for (unsigned lanes = 1; lanes <= kMaxLanes; ++lanes) {
    const Status fast = testPath(path_, lanes);
    if (fast != RXN_OK) return finish(State::jitWrong, fast);
  }
  finish(State::passed, RXN_OK);
}

}  // namespace ibct
