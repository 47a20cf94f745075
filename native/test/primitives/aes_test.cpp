#include "primitives/aes.hpp"

#include "primitives/aes_round.hpp"
#include "primitives/blake2b.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/test.hpp"

namespace {

struct alignas(64) Block {
  uint8_t bytes[64];
};
using Blocks = std::vector<Block>;

uint8_t* data(Blocks& blocks) { return blocks[0].bytes; }

Blocks made(size_t bytes) {
  Blocks blocks(bytes / 64);
  for (size_t i = 0; i < bytes; ++i) data(blocks)[i] = static_cast<uint8_t>(13 * i + 7);
  return blocks;
}

std::string digest256(const uint8_t* in, size_t bytes) {
  uint8_t out[32];
  ibct::blake2b(out, sizeof out, in, bytes);
  return test::hex(out, sizeof out);
}

const test::Json& vectors() { return test::randomxVectors()["aes"]["vectors"]; }

void forEachVariant(void (*check)(const ibct::AesKernels&)) {
  const ibct::AesKernels* const* variants;
  const size_t count = ibct::aesKernelVariants(&variants);
  CHECK(count >= 1 && std::string(variants[0]->name) == "soft");
  for (size_t i = 0; i < count; ++i) {
    const int before = test::failures();
    check(*variants[i]);
    if (test::failures() != before) std::printf("  (variant %s)\n", variants[i]->name);
  }
}

}  // namespace

TEST("a single portable AES round each way") {
  const auto& vector = vectors()["single_rounds"];
  const test::Bytes key = vector["key"].bytes();
  test::Bytes state = vector["state"].bytes();
  ibct::softAesEncrypt(state.data(), key.data());
  CHECK_EQUAL(test::hex(state), vector["encrypt_round"].text());
  state = vector["state"].bytes();
  ibct::softAesDecrypt(state.data(), key.data());
  CHECK_EQUAL(test::hex(state), vector["decrypt_round"].text());
}

TEST("Gen1R fills, in every variant") {
  forEachVariant([](const ibct::AesKernels& kernels) {
    for (const auto& vector : vectors()["gen1r"].items()) {
      test::Bytes state = vector["state"].bytes();
      Blocks out(4096 / 64);
      kernels.fill1R(state.data(), data(out), 4096);
      CHECK_EQUAL(test::hex(data(out), 64), vector["first_64"].text());
      CHECK_EQUAL(digest256(data(out), 4096), vector["blake2b256_of_4096"].text());
      CHECK_EQUAL(test::hex(state), vector["state_after_4096"].text());
    }
    const auto& official = test::randomxVectors()["aes"]["official_AesGenerator1R"];
    test::Bytes state = test::unhex(official["state_first_32_bytes"].text() +
                                    official["state_last_32_bytes"].text());
    Blocks out(1);
    kernels.fill1R(state.data(), data(out), 64);
    CHECK_EQUAL(test::hex(data(out), 32), official["first_output_first_32_bytes"].text());
  });
}

TEST("Gen4R fills, in every variant") {
  forEachVariant([](const ibct::AesKernels& kernels) {
    for (const auto& vector : vectors()["gen4r"].items()) {
      for (const size_t bytes : {size_t{2176}, size_t{3200}}) {
        test::Bytes state = vector["state"].bytes();
        Blocks out(bytes / 64);
        kernels.fill4R(state.data(), data(out), bytes);
        CHECK_EQUAL(test::hex(data(out), 128), vector["first_128"].text());
        const std::string name = "blake2b256_of_" + std::to_string(bytes);
        CHECK_EQUAL(digest256(data(out), bytes), vector[name.c_str()].text());
        CHECK_EQUAL(test::hex(state), test::hex(data(out) + bytes - 64, 64));
      }
    }
  });
}

TEST("AesHash1R, in every variant") {
  forEachVariant([](const ibct::AesKernels& kernels) {
    for (const auto& vector : vectors()["hash1r"].items()) {
      Blocks in = made(vector["length"].number());
      uint8_t hash[64];
      kernels.hash1R(data(in), in.size() * 64, hash);
      CHECK_EQUAL(test::hex(hash, 64), vector["digest"].text());
    }
  });
}

TEST("hash and fill in one pass gives what hash, then fill, give") {
  forEachVariant([](const ibct::AesKernels& kernels) {
    for (const auto& hashVector : vectors()["hash1r"].items()) {
      const auto& fillVector = vectors()["gen1r"].at(0);
      Blocks pad = made(hashVector["length"].number());
      const size_t bytes = pad.size() * 64;
      test::Bytes state = fillVector["state"].bytes();
      uint8_t hash[64];
      const ibct::ScratchpadPass pass{data(pad), state.data(), hash};
      kernels.hashAndFill1R(&pass, 1, bytes);
      CHECK_EQUAL(test::hex(hash, 64), hashVector["digest"].text());
      CHECK_EQUAL(test::hex(data(pad), 64), fillVector["first_64"].text());
      CHECK_EQUAL(test::hex(state), test::hex(data(pad) + bytes - 64, 64));
      if (bytes == 4096)
        CHECK_EQUAL(digest256(data(pad), bytes), fillVector["blake2b256_of_4096"].text());
    }
  });
}

TEST("several scratchpads at once come out as each of them alone does") {
  constexpr size_t kMost = 4;
  constexpr size_t kBytes = 4096;
  forEachVariant([](const ibct::AesKernels& kernels) {
    for (size_t count = 0; count <= kMost; ++count) {
      Blocks pads = made(kMost * kBytes);
      Blocks states = made(kMost * 64);
      Blocks hashes(kMost);
      ibct::ScratchpadPass passes[kMost];
      Blocks alone = pads;
      Blocks statesAlone = states;
      Blocks hashesAlone(kMost);
      for (size_t i = 0; i < kMost; ++i) {
        states[i].bytes[0] = statesAlone[i].bytes[0] = static_cast<uint8_t>(i);
        pads[i * kBytes / 64].bytes[0] = alone[i * kBytes / 64].bytes[0] = static_cast<uint8_t>(i);
        passes[i] = {data(pads) + i * kBytes, states[i].bytes, hashes[i].bytes};
        if (i >= count) continue;
        kernels.hash1R(data(alone) + i * kBytes, kBytes, hashesAlone[i].bytes);
        kernels.fill1R(statesAlone[i].bytes, data(alone) + i * kBytes, kBytes);
      }
      kernels.hashAndFill1R(passes, count, kBytes);
      CHECK_EQUAL(test::hex(data(pads), kMost * kBytes), test::hex(data(alone), kMost * kBytes));
      CHECK_EQUAL(test::hex(data(states), kMost * 64), test::hex(data(statesAlone), kMost * 64));
      CHECK_EQUAL(test::hex(data(hashes), kMost * 64), test::hex(data(hashesAlone), kMost * 64));
    }
  });
}

TEST("features choose the variant") {
  ibct::CpuFeatures features;
  CHECK_EQUAL(std::string(ibct::aesKernels(features).name), "soft");
#if defined(__x86_64__)
  features.aes = true;
  CHECK_EQUAL(std::string(ibct::aesKernels(features).name), "aesni");
  features.vaes = features.avx2 = true;
  CHECK_EQUAL(std::string(ibct::aesKernels(features).name), "vaes256");
  features.avx512 = true;
  CHECK_EQUAL(std::string(ibct::aesKernels(features).name), "vaes512");
#elif defined(__aarch64__)
  features.aes = true;
  CHECK_EQUAL(std::string(ibct::aesKernels(features).name), "armaes");
#endif
}
