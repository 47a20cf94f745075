#include <randomx_native.h>

#include <cstddef>

#include "../miner/status.hpp"

namespace {

#define RXN_OFFSET(type, member) static_cast<uint32_t>(offsetof(type, member))

// Sizes and offsets in the order of the header.
constexpr uint32_t kLayout[] = {
    sizeof(rxn_logical_cpu),
    RXN_OFFSET(rxn_logical_cpu, id),
    RXN_OFFSET(rxn_logical_cpu, core),
    RXN_OFFSET(rxn_logical_cpu, package),
    RXN_OFFSET(rxn_logical_cpu, numa_node),
    RXN_OFFSET(rxn_logical_cpu, l3_group),
    RXN_OFFSET(rxn_logical_cpu, smt_index),
    RXN_OFFSET(rxn_logical_cpu, l2_bytes),
    RXN_OFFSET(rxn_logical_cpu, l3_bytes),
    RXN_OFFSET(rxn_logical_cpu, core_kind),
    RXN_OFFSET(rxn_logical_cpu, allowed),
    RXN_OFFSET(rxn_logical_cpu, recommended),

    sizeof(rxn_cpu_report),
    RXN_OFFSET(rxn_cpu_report, struct_size),
    RXN_OFFSET(rxn_cpu_report, cpu_struct_size),
    RXN_OFFSET(rxn_cpu_report, features),
    RXN_OFFSET(rxn_cpu_report, cpu_count),
    RXN_OFFSET(rxn_cpu_report, memory_total_bytes),
    RXN_OFFSET(rxn_cpu_report, memory_available_bytes),
    RXN_OFFSET(rxn_cpu_report, huge_2m_free_bytes),
    RXN_OFFSET(rxn_cpu_report, huge_1g_free_bytes),
    RXN_OFFSET(rxn_cpu_report, name),

    sizeof(rxn_options),
    RXN_OFFSET(rxn_options, struct_size),
    RXN_OFFSET(rxn_options, mode),
    RXN_OFFSET(rxn_options, pages),
    RXN_OFFSET(rxn_options, interleave),
    RXN_OFFSET(rxn_options, path),
    RXN_OFFSET(rxn_options, priority),
    RXN_OFFSET(rxn_options, rounding),
    RXN_OFFSET(rxn_options, thread_count),
    RXN_OFFSET(rxn_options, nonces),
    RXN_OFFSET(rxn_options, prefetch),

    sizeof(rxn_job),
    RXN_OFFSET(rxn_job, struct_size),
    RXN_OFFSET(rxn_job, algorithm),
    RXN_OFFSET(rxn_job, target),
    RXN_OFFSET(rxn_job, nonce_offset),
    RXN_OFFSET(rxn_job, reserved_nonce_bytes),
    RXN_OFFSET(rxn_job, blob_bytes),
    RXN_OFFSET(rxn_job, key_bytes),
    RXN_OFFSET(rxn_job, next_key_bytes),
    RXN_OFFSET(rxn_job, blob),
    RXN_OFFSET(rxn_job, key),
    RXN_OFFSET(rxn_job, next_key),

    sizeof(rxn_snapshot),
    RXN_OFFSET(rxn_snapshot, struct_size),
    RXN_OFFSET(rxn_snapshot, event_size),
    RXN_OFFSET(rxn_snapshot, state),
    RXN_OFFSET(rxn_snapshot, thread_count),
    RXN_OFFSET(rxn_snapshot, event_count),
    RXN_OFFSET(rxn_snapshot, interleave),
    RXN_OFFSET(rxn_snapshot, job_number),
    RXN_OFFSET(rxn_snapshot, dropped_events),
    RXN_OFFSET(rxn_snapshot, dataset_progress),
    RXN_OFFSET(rxn_snapshot, cache_seconds),
    RXN_OFFSET(rxn_snapshot, dataset_seconds),
    RXN_OFFSET(rxn_snapshot, first_hash_seconds),
    RXN_OFFSET(rxn_snapshot, dataset_pages),
    RXN_OFFSET(rxn_snapshot, cache_pages),
    RXN_OFFSET(rxn_snapshot, scratchpad_pages),
    RXN_OFFSET(rxn_snapshot, nonce_space_exhausted),
    RXN_OFFSET(rxn_snapshot, program_path),
    RXN_OFFSET(rxn_snapshot, aes_path),
    RXN_OFFSET(rxn_snapshot, item_path),
    RXN_OFFSET(rxn_snapshot, bulk_path),

    sizeof(rxn_event),
    RXN_OFFSET(rxn_event, job_number),
    RXN_OFFSET(rxn_event, type),
    RXN_OFFSET(rxn_event, status),
    RXN_OFFSET(rxn_event, key_bytes),
    RXN_OFFSET(rxn_event, mode),
    RXN_OFFSET(rxn_event, algorithm),
    RXN_OFFSET(rxn_event, nonce),
    RXN_OFFSET(rxn_event, result),
    RXN_OFFSET(rxn_event, raw_hash),
    RXN_OFFSET(rxn_event, key),
    RXN_OFFSET(rxn_event, message),
};
constexpr uint32_t kLayoutLength = sizeof kLayout / sizeof kLayout[0];

#undef RXN_OFFSET

}  // namespace

extern "C" {

const char* rxn_status_name(rxn_status status) {
  switch (status) {
    case RXN_OK:
      return "ok";
    case RXN_INVALID_ARGUMENT:
      return "invalidArgument";
    case RXN_UNSUPPORTED_ALGORITHM:
      return "unsupportedAlgorithm";
    case RXN_OUT_OF_MEMORY:
      return "outOfMemory";
    case RXN_PAGES_UNAVAILABLE:
      return "pagesUnavailable";
    case RXN_CODE_MEMORY_REFUSED:
      return "codeMemoryRefused";
    case RXN_NOT_STOPPED:
      return "notStopped";
    case RXN_STOPPING:
      return "stopping";
    case RXN_BUFFER_TOO_SMALL:
      return "bufferTooSmall";
    case RXN_SELF_TEST_FAILED:
      return "selfTestFailed";
    case RXN_THREAD_FAILED:
      return "threadFailed";
    case RXN_WRONG_SHARE:
      return "wrongShare";
    case RXN_CPU_UNSUPPORTED:
      return "cpuUnsupported";
    case RXN_INTERNAL:
      return "internal";
    case RXN_STALE_HANDLE:
      return "staleHandle";
    case RXN_SHARE_UNCHECKED:
      return "shareUnchecked";
    case RXN_KEY_WAITS:
      return "keyWaits";
    case RXN_FEWER_THREADS:
      return "fewerThreads";
    default:
      return "unknown";
  }
}

const char* rxn_status_message(rxn_status status) { return ibct::statusMessage(status); }

uint32_t rxn_abi_version(void) { return RXN_ABI_VERSION; }

uint32_t rxn_abi_layout(uint32_t* table, uint32_t capacity) {
  for (uint32_t i = 0; i < kLayoutLength && i < capacity; ++i) table[i] = kLayout[i];
  return kLayoutLength;
}

}  // extern "C"
