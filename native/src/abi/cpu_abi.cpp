#include <randomx_native.h>

#include <cstring>
#include <vector>

#include "../cpu/features.hpp"
#include "../cpu/topology.hpp"
#include "../memory/available.hpp"
#include "guard.hpp"

namespace {

uint32_t featureBits() {
  const ibct::CpuFeatures& features = ibct::cpuFeatures();
  uint32_t bits = 0;
  if (features.aes) bits |= RXN_FEATURE_AES;
  if (features.ssse3) bits |= RXN_FEATURE_SSSE3;
  if (features.avx2) bits |= RXN_FEATURE_AVX2;
  if (features.avx512) bits |= RXN_FEATURE_AVX512;
  if (features.vaes) bits |= RXN_FEATURE_VAES;
  if (features.bmi2) bits |= RXN_FEATURE_BMI2;
  return bits;
}

rxn_logical_cpu toAbi(const ibct::LogicalCpu& cpu) {
  rxn_logical_cpu out{};
  out.id = cpu.id;
  out.core = cpu.core;
  out.package = cpu.package;
  out.numa_node = cpu.numaNode;
  out.l3_group = cpu.l3Group;
  out.smt_index = cpu.smtIndex;
  out.l2_bytes = cpu.l2Bytes;
  out.l3_bytes = cpu.l3Bytes;
  out.core_kind = static_cast<uint8_t>(cpu.kind);
  out.allowed = cpu.allowed;
  out.recommended = cpu.recommended;
  return out;
}

}  // namespace

rxn_status rxn_get_cpu_report(rxn_cpu_report* report, rxn_logical_cpu* cpus, uint32_t capacity) {
  if (report == nullptr || (cpus == nullptr && capacity != 0)) return RXN_INVALID_ARGUMENT;
  return ibct::guarded([&] {
    const std::vector<ibct::LogicalCpu> topology = ibct::cpuTopology();
    const ibct::MemoryReport memory = ibct::memoryReport();
    *report = {};
    report->features = featureBits();
    report->cpu_count = static_cast<uint32_t>(topology.size());
    report->memory_total_bytes = memory.totalBytes;
    report->memory_available_bytes = memory.availableBytes;
    report->huge_2m_free_bytes = memory.huge2mFreeBytes;
    report->huge_1g_free_bytes = memory.huge1gFreeBytes;
    std::strncpy(report->name, ibct::cpuName().c_str(), sizeof report->name - 1);
    for (size_t i = 0; i < topology.size() && i < capacity; ++i) cpus[i] = toAbi(topology[i]);
    return RXN_OK;
  });
}
