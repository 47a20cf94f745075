// The AES kernels for instruction sets that do a round on one 16-byte block. `Aes` has Block, load,
// store (any alignment), encrypt and decrypt (as AESENC and AESDEC).
#pragma once

#include "aes.hpp"
#include "aes_constants.hpp"

namespace ibct {

template <typename Aes>
class AesColumns {
 public:
  static void fill1R(uint8_t state[64], uint8_t* out, size_t bytes) {
    const Columns keys = load(kFill1RKeys);
    Columns columns = load(state);
    for (size_t i = 0; i < bytes; i += 64) {
      generate(columns, keys);
      store(out + i, columns);
    }
    store(state, columns);
  }

  static void fill4R(uint8_t state[64], uint8_t* out, size_t bytes) {
    const Columns keys01 = load(kFill4RKeys01);
    const Columns keys23 = load(kFill4RKeys23);
    Columns columns = load(state);
    for (size_t i = 0; i < bytes; i += 64) {
      generate(columns, {keys01.c0, keys01.c0, keys23.c0, keys23.c0});
      generate(columns, {keys01.c1, keys01.c1, keys23.c1, keys23.c1});
      generate(columns, {keys01.c2, keys01.c2, keys23.c2, keys23.c2});
      generate(columns, {keys01.c3, keys01.c3, keys23.c3, keys23.c3});
      store(out + i, columns);
    }
    store(state, columns);
  }

  static void hash1R(const uint8_t* in, size_t bytes, uint8_t hash[64]) {
    Columns columns = load(kHash1RState);
    for (size_t i = 0; i < bytes; i += 64) absorb(columns, load(in + i));
    finish(columns);
    store(hash, columns);
  }

  static void hashAndFill1R(const ScratchpadPass* passes, size_t count, size_t bytes) {
    for (const ScratchpadPass* pass = passes; pass != passes + count; ++pass) run(*pass, bytes);
  }

 private:
  struct Columns {
    typename Aes::Block c0, c1, c2, c3;
  };

  static Columns load(const uint8_t* from) {
    return {Aes::load(from), Aes::load(from + 16), Aes::load(from + 32), Aes::load(from + 48)};
  }
  static void store(uint8_t* to, const Columns& c) {
    Aes::store(to, c.c0);
    Aes::store(to + 16, c.c1);
    Aes::store(to + 32, c.c2);
    Aes::store(to + 48, c.c3);
  }

  static void run(const ScratchpadPass& pass, size_t bytes) {
    const Columns keys = load(kFill1RKeys);
    Columns old = load(kHash1RState);
    Columns fresh = load(pass.state);
    for (size_t i = 0; i < bytes; i += 64) {
      absorb(old, load(pass.scratchpad + i));
      generate(fresh, keys);
      store(pass.scratchpad + i, fresh);
    }
    finish(old);
    store(pass.hash, old);
    store(pass.state, fresh);
  }

  // A round of the generators: columns 0 and 2 decrypt, 1 and 3 encrypt.
  static void generate(Columns& state, const Columns& keys) {
    state.c0 = Aes::decrypt(state.c0, keys.c0);
    state.c1 = Aes::encrypt(state.c1, keys.c1);
    state.c2 = Aes::decrypt(state.c2, keys.c2);
    state.c3 = Aes::encrypt(state.c3, keys.c3);
  }

  // A round of the hash: the other way round.
  static void absorb(Columns& state, const Columns& keys) {
    state.c0 = Aes::encrypt(state.c0, keys.c0);
    state.c1 = Aes::decrypt(state.c1, keys.c1);
    state.c2 = Aes::encrypt(state.c2, keys.c2);
    state.c3 = Aes::decrypt(state.c3, keys.c3);
  }

  static void finish(Columns& state) {
    for (int round = 0; round < 2; ++round) {
      const typename Aes::Block key = Aes::load(kHash1RExtraKeys + 16 * round);
      absorb(state, {key, key, key, key});
    }
  }
};

template <typename Aes>
constexpr AesKernels aesColumnKernels(const char* name) {
  using Kernels = AesColumns<Aes>;
  return {name, Kernels::fill1R, Kernels::fill4R, Kernels::hash1R, Kernels::hashAndFill1R};
}

}  // namespace ibct
