// Processors as their systems describe them: cores, threads and caches.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cpu/topology.hpp"

namespace test {

// Cores alike on one last level cache.
struct Cores {
  unsigned count;
  unsigned threadsOfCore;
  size_t l2KiB;
  unsigned coresOnL2;
  ibct::CoreKind kind;
  unsigned cache;  // which last level cache
  size_t l3KiB;    // its size; 0: none
};

struct Topology {
  const char* name;
  ibct::Maker maker;
  std::vector<Cores> cores;
};

inline std::vector<ibct::LogicalCpu> cpusOf(const Topology& topology) {
  std::vector<ibct::LogicalCpu> cpus;
  uint32_t core = 0;
  for (const Cores& kind : topology.cores) {
    for (unsigned i = 0; i < kind.count; ++i, ++core) {
      for (uint32_t smt = 0; smt < kind.threadsOfCore; ++smt) {
        ibct::LogicalCpu cpu;
        cpu.id = static_cast<uint32_t>(cpus.size());
        cpu.core = core;
        cpu.smtIndex = smt;
        cpu.l2Group = core - i % kind.coresOnL2;
        cpu.l3Group = kind.cache;
        cpu.l2Bytes = kind.l2KiB << 10;
        cpu.l3Bytes = kind.l3KiB << 10;
        cpu.kind = kind.kind;
        cpus.push_back(cpu);
      }
    }
  }
  return cpus;
}

namespace topologies {

constexpr auto P = ibct::CoreKind::performance;
constexpr auto E = ibct::CoreKind::efficiency;
constexpr auto U = ibct::CoreKind::uniform;
constexpr auto kIntel = ibct::Maker::intel;
constexpr auto kAmd = ibct::Maker::amd;
constexpr size_t kMiB = 1024;

inline Topology alike(const char* name, ibct::Maker maker, unsigned cores, unsigned threadsOfCore,
                      size_t l2KiB, size_t l3KiB) {
  return {name, maker, {{cores, threadsOfCore, l2KiB, 1, U, 0, l3KiB}}};
}

// Efficiency cores, four to a level 2 cache, on the last level cache of the performance cores.
inline Topology hybrid(const char* name, unsigned p, unsigned threadsOfP, size_t l2OfP, unsigned e,
                       size_t l2OfE, size_t l3KiB) {
  return {name, kIntel, {{p, threadsOfP, l2OfP, 1, P, 0, l3KiB}, {e, 1, l2OfE, 4, E, 0, l3KiB}}};
}

// Several caches with cores of their own.
inline Topology clusters(const char* name, unsigned caches, const Cores& each) {
  Topology topology{name, kAmd, {}};
  for (unsigned cache = 0; cache < caches; ++cache) {
    topology.cores.push_back(each);
    topology.cores.back().cache = cache;
  }
  return topology;
}

}  // namespace topologies
}  // namespace test
