/*
 * randomx-native-prebuilt: the one public header, and the contract of the library.
 *
 * Conventions
 * - Every function returns rxn_status: RXN_OK (0) or a negative code whose name rxn_status_name()
 * tells.
 * - No callbacks. No call blocks for longer than a copy, except rxn_cache_open and rxn_cache_hash,
 * which compute: run those two on a thread that may wait.
 * - Structures are flat and little-endian, contain no pointers, and are aligned to 8 bytes;
 * rxn_abi_layout tells their sizes and offsets, so that a caller in another language can check its
 * own table when it loads the library.
 * - All functions may be called from any thread. A handle must not be used after it was destroyed
 * or closed.
 */
#ifndef RANDOMX_NATIVE_H
#define RANDOMX_NATIVE_H

#include <stdint.h>

#if defined(_WIN32)
#define RXN_API __declspec(dllexport)
#else
#define RXN_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define RXN_ABI_VERSION 1u

#define RXN_KEY_BYTES 60u /* longest RandomX key */
#define RXN_HASH_BYTES 32u
#define RXN_BLOB_BYTES 512u /* longest hashing blob */
#define RXN_MAX_THREADS 1024u
#define RXN_MAX_INTERLEAVE 4u
#define RXN_NAME_BYTES 24u     /* names of code paths, zero-terminated */
#define RXN_MESSAGE_BYTES 192u /* messages of error events, zero-terminated UTF-8 */

typedef int32_t rxn_status;
enum {
  RXN_OK = 0,
  RXN_INVALID_ARGUMENT = -1,
  RXN_UNSUPPORTED_ALGORITHM = -2,
  RXN_OUT_OF_MEMORY = -3,
  RXN_PAGES_UNAVAILABLE = -4,   /* an explicit page policy could not be met */
  RXN_CODE_MEMORY_REFUSED = -5, /* the system forbids generated code and path jit was asked for */
  RXN_NOT_STOPPED = -6,         /* rxn_miner_destroy before the state is stopped */
  RXN_STOPPING = -7,            /* the miner is stopping or stopped and takes no more orders */
  RXN_BUFFER_TOO_SMALL = -8,
  RXN_SELF_TEST_FAILED =
      -9,                  /* a code path disagreed with the official vectors or with light mode */
  RXN_THREAD_FAILED = -10, /* a thread could not be started or bound to its CPU */
  RXN_WRONG_SHARE = -11,   /* a share did not survive its check: unstable CPU or memory */
  RXN_CPU_UNSUPPORTED = -12,
};

/* "outOfMemory" and the like; "unknown" for any other number. Static storage. */
RXN_API const char* rxn_status_name(rxn_status status);
/* One sentence in English for people. Static storage. */
RXN_API const char* rxn_status_message(rxn_status status);

RXN_API uint32_t rxn_abi_version(void);

/*
 * Writes sizes and offsets of the structures below, in declaration order: for each structure its
 * size, then the offset of each member, as uint32_t. Returns the number of uint32_t of the full
 * table (also when capacity is smaller).
 */
RXN_API uint32_t rxn_abi_layout(uint32_t* table, uint32_t capacity);

/* ---- The machine
 * ---------------------------------------------------------------------------------------------- */

enum {
  RXN_FEATURE_AES = 1,
  RXN_FEATURE_SSSE3 = 2,
  RXN_FEATURE_AVX2 = 4,
  RXN_FEATURE_AVX512 = 8,
  RXN_FEATURE_VAES = 16,
  RXN_FEATURE_BMI2 = 32
};
enum { RXN_CORE_UNIFORM = 0, RXN_CORE_PERFORMANCE = 1, RXN_CORE_EFFICIENCY = 2 };

typedef struct rxn_logical_cpu {
  uint32_t id;   /* number of the operating system */
  uint32_t core; /* equal for SMT siblings */
  uint32_t package;
  uint32_t numa_node;
  uint32_t l3_group;  /* equal for CPUs that share the last level cache */
  uint32_t smt_index; /* 0: first logical CPU of its core */
  uint64_t l2_bytes;  /* of the cache this CPU uses, shared or not; 0: unknown */
  uint64_t l3_bytes;
  uint8_t core_kind;   /* RXN_CORE_… */
  uint8_t allowed;     /* in this process's affinity mask */
  uint8_t recommended; /* part of the recommended set of hashing threads */
  uint8_t reserved[5];
} rxn_logical_cpu;

typedef struct rxn_cpu_report {
  uint32_t features;  /* RXN_FEATURE_… */
  uint32_t cpu_count; /* logical CPUs online, also when capacity was smaller */
  uint64_t memory_total_bytes;
  uint64_t memory_available_bytes; /* what the system and the control group still give */
  uint64_t huge_2m_free_bytes;
  uint64_t huge_1g_free_bytes;
  char name[64]; /* zero-terminated */
} rxn_cpu_report;

/* Fills report and up to capacity entries of cpus (ascending ids). */
RXN_API rxn_status rxn_get_cpu_report(rxn_cpu_report* report, rxn_logical_cpu* cpus,
                                      uint32_t capacity);

/* ---- Single hashes
 * -------------------------------------------------------------------------------------------- */

enum { RXN_ALGORITHM_RX_0 = 0, RXN_ALGORITHM_RX_2 = 1, RXN_ALGORITHM_CN_1 = 2 };
/* keyless: rxn_cache_open for algorithms without a key only */
enum { RXN_MODE_AUTO = 0, RXN_MODE_LIGHT = 1, RXN_MODE_FAST = 2, RXN_MODE_KEYLESS = 3 };
enum { RXN_PATH_JIT = 0, RXN_PATH_INTERPRETER = 1 };
/* How programs change the rounding mode: by the control register, or (AVX-512, rx/0 in fast mode)
 * by code that has the mode in its instructions. What a machine cannot do is not done. */
enum { RXN_ROUNDING_AUTO = 0, RXN_ROUNDING_CONTROL = 1, RXN_ROUNDING_EMBEDDED = 2 };
enum {
  RXN_PAGES_AUTO = 0,
  RXN_PAGES_1G = 1,
  RXN_PAGES_2M = 2,
  RXN_PAGES_THP = 3,
  RXN_PAGES_4K = 4
};

typedef struct rxn_cache rxn_cache;

/*
 * Prepares a RandomX key (0 to RXN_KEY_BYTES bytes): about half a second in light mode; mode fast
 * also builds the dataset (2.1 GiB, all CPUs, many seconds). Equal keys share one cache, also with
 * a miner. mode auto means light here. Mode keyless prepares
 * nothing: such a handle hashes cn/1 only. On success *out is
 * owned by the caller until rxn_cache_close. Errors: INVALID_ARGUMENT, OUT_OF_MEMORY,
 * CODE_MEMORY_REFUSED.
 */
RXN_API rxn_status rxn_cache_open(const uint8_t* key, uint32_t key_bytes, uint32_t path,
                                  uint32_t mode, rxn_cache** out);
/*
 * One hash of input (at most 64 MiB; cn/1: at least 43 bytes) into out[0…31]; rx/2 also writes the
 * commitment (Blake2b-256 of input ‖ hash) to out[32…63], other algorithms zeroes. One call at a
 * time per handle.
 */
RXN_API rxn_status rxn_cache_hash(rxn_cache* cache, uint32_t algorithm, const uint8_t* input,
                                  uint32_t input_bytes, uint8_t out[64]);
RXN_API void rxn_cache_close(rxn_cache* cache);

/* ---- Mining
 * ---------------------------------------------------------------------------------------------------
 */

typedef struct rxn_miner rxn_miner;

enum { RXN_PRIORITY_BACKGROUND = 0, RXN_PRIORITY_NORMAL = 1 };

typedef struct rxn_options {
  uint32_t mode;       /* RXN_MODE_…; auto: fast when about 3 GiB are free */
  uint32_t pages;      /* RXN_PAGES_…; anything but auto never falls back */
  uint32_t interleave; /* VMs in one thread, 1 to 4; 0: the engine's choice */
  uint32_t path;       /* RXN_PATH_… */
  uint32_t
      priority; /* RXN_PRIORITY_…: background threads run only when nothing else wants the CPU */
  uint32_t rounding; /* RXN_ROUNDING_…; auto: the engine's choice */
  uint32_t
      thread_count; /* 1 to RXN_MAX_THREADS; logical CPU numbers follow in `cpus` of the call */
} rxn_options;

typedef struct rxn_job {
  uint64_t target;       /* share iff the little-endian u64 of result bytes 24…31 is below */
  uint32_t algorithm;    /* RXN_ALGORITHM_… */
  uint32_t nonce_offset; /* of the four little-endian nonce bytes in blob */
  uint32_t reserved_nonce_bytes; /* 0 to 3 most significant nonce bytes kept as they are in blob */
  uint32_t blob_bytes;
  uint32_t key_bytes;      /* 0 for cn/1 */
  uint32_t next_key_bytes; /* 0: not known */
  uint8_t blob[RXN_BLOB_BYTES];
  uint8_t key[64]; /* RXN_KEY_BYTES used */
  uint8_t next_key[64];
} rxn_job;

enum {
  RXN_STATE_IDLE = 0,      /* no job yet */
  RXN_STATE_PREPARING = 1, /* no hash possible yet */
  RXN_STATE_LIGHT = 2,     /* hashing in light mode; the dataset may be in the making (progress) */
  RXN_STATE_FAST = 3,
  RXN_STATE_PAUSED = 4,
  RXN_STATE_STOPPING = 5,
  RXN_STATE_STOPPED = 6, /* all hashing threads have ended; destroy may be called */
  RXN_STATE_FAILED = 7   /* see the last error event; only request_stop helps */
};
enum {
  RXN_PAGE_KIND_NONE = 0,
  RXN_PAGE_KIND_1G = 1,
  RXN_PAGE_KIND_2M = 2,
  RXN_PAGE_KIND_THP = 3,
  RXN_PAGE_KIND_4K = 4
};

/* What rxn_miner_poll writes first. thread_count uint64_t hash counters (in the order of cpus) and
 * event_count events follow. */
typedef struct rxn_snapshot {
  uint32_t state; /* RXN_STATE_… */
  uint32_t thread_count;
  uint32_t event_count; /* events in this buffer */
  uint32_t interleave;
  uint64_t job_number;       /* of the job the threads look at; 0: none yet */
  uint64_t dropped_events;   /* lost because nobody polled */
  double dataset_progress;   /* 0…1, dataset of the current key */
  double cache_seconds;      /* last cache fill; 0: none */
  double dataset_seconds;    /* last complete dataset build; 0: none */
  double first_hash_seconds; /* from the first job to the first finished hash; 0: none yet */
  uint8_t dataset_pages;     /* RXN_PAGE_KIND_… */
  uint8_t cache_pages;
  uint8_t scratchpad_pages;
  uint8_t nonce_space_exhausted;
  uint8_t reserved[4];
  char program_path[RXN_NAME_BYTES];
  char aes_path[RXN_NAME_BYTES];
  char item_path[RXN_NAME_BYTES];
  char bulk_path[RXN_NAME_BYTES];
} rxn_snapshot;

enum { RXN_EVENT_SHARE = 1, RXN_EVENT_KEY_READY = 2, RXN_EVENT_ERROR = 3 };

typedef struct rxn_event {
  uint64_t job_number; /* share */
  uint32_t type;       /* RXN_EVENT_… */
  int32_t status;      /* error: its code */
  uint32_t key_bytes;  /* key ready */
  uint32_t mode;       /* key ready: RXN_MODE_LIGHT or RXN_MODE_FAST */
  uint32_t algorithm;  /* share */
  uint8_t nonce[4];    /* share: as in the blob */
  uint8_t
      result[RXN_HASH_BYTES]; /* share: what was compared with the target (rx/2: the commitment) */
  uint8_t raw_hash[RXN_HASH_BYTES]; /* share: the hash itself */
  uint8_t key[64];
  char message[RXN_MESSAGE_BYTES]; /* error */
} rxn_event;

/*
 * Starts the control thread; hashing threads start with the first job. options->thread_count
 * logical CPU numbers in cpus, each at most once. Memory is taken when the first job comes. Errors:
 * INVALID_ARGUMENT, THREAD_FAILED.
 */
RXN_API rxn_status rxn_miner_create(const rxn_options* options, const uint32_t* cpus,
                                    rxn_miner** out);
/*
 * Other options for a running miner (page policy and path stay as created): the hashing threads
 * restart with them, prepared keys are kept. Counters of the new cpus start at the total so far of
 * the same CPU, or 0.
 */
RXN_API rxn_status rxn_miner_configure(rxn_miner* miner, const rxn_options* options,
                                       const uint32_t* cpus);
/*
 * Takes effect after at most the hashes in flight; the newest job wins. Nonces ascend from 0 (above
 * the reserved bytes) from one counter for all threads; the same blob with another target goes on
 * where it was. *job_number: 1, 2, … Errors: INVALID_ARGUMENT, UNSUPPORTED_ALGORITHM, STOPPING.
 */
RXN_API rxn_status rxn_miner_set_job(rxn_miner* miner, const rxn_job* job, uint64_t* job_number);
/* Threads finish the hashes in flight and wait; memory stays. Both are idempotent. */
RXN_API rxn_status rxn_miner_pause(rxn_miner* miner);
RXN_API rxn_status rxn_miner_resume(rxn_miner* miner);
/* Asks all threads to end. Poll until the state is RXN_STATE_STOPPED, then destroy. Idempotent. */
RXN_API rxn_status rxn_miner_request_stop(rxn_miner* miner);
/* Frees the miner; NOT_STOPPED (and nothing happens) before the state is stopped. */
RXN_API rxn_status rxn_miner_destroy(rxn_miner* miner);
/*
 * Writes a snapshot, the counters and as many waiting events as fit, oldest first; those are taken
 * off the ring. *written: bytes used. BUFFER_TOO_SMALL when not even snapshot and counters fit
 * (*written: bytes needed for those).
 */
RXN_API rxn_status rxn_miner_poll(rxn_miner* miner, void* buffer, uint32_t capacity,
                                  uint32_t* written);

#ifdef __cplusplus
}
#endif

#endif
