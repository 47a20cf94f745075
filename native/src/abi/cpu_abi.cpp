#include <randomx_native.h>

#include <cstring>
#include <vector>

#include "../cpu/features.hpp"
#include "../cpu/topology.hpp"
#include "../memory/available.hpp"
#include "guard.hpp"
#include "structs.hpp"

namespace {

constexpr size_t kReportBytesAtFirst = 112;
constexpr size_t kCpuBytesAtFirst = 48;

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
  const size_t reportBytes = report->struct_size;
  const size_t cpuBytes = report->cpu_struct_size;
  if (reportBytes < kReportBytesAtFirst || cpuBytes < kCpuBytesAtFirst) return RXN_INVALID_ARGUMENT;
  return ibct::guarded([&] {
    const std::vector<ibct::LogicalCpu> topology = ibct::cpuTopology();
    const ibct::MemoryReport memory = ibct::memoryReport();
    rxn_cpu_report found{};
    found.struct_size = report->struct_size;
    found.cpu_struct_size = report->cpu_struct_size;
    found.features = featureBits();
    found.cpu_count = static_cast<uint32_t>(topology.size());
    found.memory_total_bytes = memory.totalBytes;
    found.memory_available_bytes = memory.availableBytes;
    found.huge_2m_free_bytes = memory.huge2mFreeBytes;
    found.huge_1g_free_bytes = memory.huge1gFreeBytes;
    std::strncpy(found.name, ibct::cpuName().c_str(), sizeof found.name - 1);
    ibct::writeStruct(found, reportBytes, report);
    auto* entry = reinterpret_cast<uint8_t*>(cpus);
    for (size_t i = 0; i < topology.size() && i < capacity; ++i, entry += cpuBytes)
      ibct::writeStruct(toAbi(topology[i]), cpuBytes, entry);
    return RXN_OK;
  });
}
