/*
 * randomx-native-prebuilt: the one public header, and the contract of the library.
 *
 * Status      Functions that can fail return rxn_status: RXN_OK (0) or a negative code. A call that
 *             fails changes nothing, and what it would have written is undefined, unless its own
 *             contract says otherwise. Any call may also return RXN_OUT_OF_MEMORY or
 *             RXN_INTERNAL.
 * Threads     All functions may be called from any thread, also at the same time.
 * Waiting     There are no callbacks. rxn_cache_open and rxn_cache_hash compute, and rxn_miner_wait
 *             waits: call them where waiting is allowed. No other call waits for longer than a copy
 *             takes, or than reading the processors' description from the system
 *             (rxn_get_cpu_report, rxn_miner_create and rxn_miner_configure).
 * Ownership   Pointers are read and written during the call only. What is created belongs to the
 *             caller, who gives it back with the function that its contract names.
 * Handles     A handle is a number, never 0. When its object is gone it is refused with
 *             RXN_STALE_HANDLE, and it never comes to mean another object; so is a handle of
 *             another kind. Giving an object back while another thread uses it is safe: the object
 *             goes when that call returns.
 * Structures  Flat, little-endian, without pointers, aligned to 8 bytes; reserved fields are 0.
 *             They grow at their end only. In what goes in, struct_size says how much of a
 *             structure the caller knows: what is missing counts as 0, and what the library does
 *             not know must be 0 (else RXN_INVALID_ARGUMENT), so that no wish is ignored. What
 *             comes out says its sizes, too. rxn_abi_layout tells sizes and offsets, so that a
 *             caller in another language can check its own table when it loads the library.
 * Process     The library is never unloaded. A forked child must not use what its parent created.
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

/* Raised when a function or an existing field changes; new functions and fields leave it alone. */
#define RXN_ABI_VERSION 2u

#define RXN_KEY_BYTES 60u /* longest RandomX key */
#define RXN_HASH_BYTES 32u
#define RXN_BLOB_BYTES 512u       /* longest hashing blob */
#define RXN_INPUT_BYTES 67108864u /* longest input of rxn_cache_hash */
#define RXN_MAX_THREADS 1024u
#define RXN_MAX_INTERLEAVE 4u
#define RXN_NAME_BYTES 24u     /* names of code paths, zero-terminated */
#define RXN_MESSAGE_BYTES 192u /* messages of error events, zero-terminated UTF-8 */

/* ---- Status ---- */

/* Numbers and names stay as they are for ever; new ones may join them. */
typedef int32_t rxn_status;
enum {
  RXN_OK = 0,
  RXN_INVALID_ARGUMENT = -1,
  RXN_UNSUPPORTED_ALGORITHM = -2,
  RXN_OUT_OF_MEMORY = -3,
  RXN_PAGES_UNAVAILABLE = -4,   /* an explicit page policy could not be met */
  RXN_CODE_MEMORY_REFUSED = -5, /* the system forbids generated code; path jit was asked for */
  RXN_NOT_STOPPED = -6,         /* rxn_miner_destroy before the state is stopped */
  RXN_STOPPING = -7,            /* the miner is stopping or stopped and takes no more orders */
  RXN_BUFFER_TOO_SMALL = -8,    /* rxn_miner_poll: see there */
  RXN_SELF_TEST_FAILED = -9,    /* a code path disagreed with the vectors or with light mode */
  RXN_THREAD_FAILED = -10,      /* a thread could not be started or bound to its CPU */
  RXN_WRONG_SHARE = -11,        /* a share did not survive its check: unstable CPU or memory */
  RXN_CPU_UNSUPPORTED = -12,    /* the CPU lacks what this build needs */
  RXN_INTERNAL = -13,           /* a fault of the library itself: please report it */
  RXN_STALE_HANDLE = -14,       /* the handle's object is gone, or never was */
  RXN_SHARE_UNCHECKED = -15,    /* a share that no memory was left to check: it was not told */
  RXN_KEY_WAITS = -16,          /* no hash is made until there is memory for the new key */
  RXN_FEWER_THREADS = -17 /* the system refused some threads, or their memory: the others hash */
};

/* The code's name: "ok", "outOfMemory" and the like; "unknown" for any other number. Static
 * storage; never NULL. */
RXN_API const char* rxn_status_name(rxn_status status);
/* One sentence in English for people. Static storage; never NULL. */
RXN_API const char* rxn_status_message(rxn_status status);

/* ---- The handshake ---- */

/* RXN_ABI_VERSION of the library that was loaded: to be compared with that of this header. */
RXN_API uint32_t rxn_abi_version(void);
/*
 * Writes the first `capacity` numbers of the table of layouts: for each structure below, in the
 * order of this header, its size, then the offset of each member but reserved ones.
 *
 * table     room for `capacity` numbers; may be NULL when capacity is 0
 * returns   the count of numbers in the full table, also when capacity is smaller
 */
RXN_API uint32_t rxn_abi_layout(uint32_t* table, uint32_t capacity);

/* ---- The machine ---- */

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
  uint32_t struct_size;     /* in: sizeof(rxn_cpu_report) */
  uint32_t cpu_struct_size; /* in: sizeof(rxn_logical_cpu), the distance of two entries of cpus */
  uint32_t features;        /* RXN_FEATURE_… */
  uint32_t cpu_count;       /* logical CPUs online, also when capacity was smaller */
  uint64_t memory_total_bytes;
  uint64_t memory_available_bytes; /* what the system and the control group still give */
  uint64_t huge_2m_free_bytes;
  uint64_t huge_1g_free_bytes;
  char name[64]; /* zero-terminated */
} rxn_cpu_report;

/*
 * Reads the machine anew: CPUs may come and go.
 *
 * report    its two sizes are set; all else is written, the sizes stay
 * cpus      room for `capacity` entries, written in ascending order of ids; may be NULL when
 *           capacity is 0
 * errors    INVALID_ARGUMENT
 */
RXN_API rxn_status rxn_get_cpu_report(rxn_cpu_report* report, rxn_logical_cpu* cpus,
                                      uint32_t capacity);

/* ---- Single hashes ---- */

enum { RXN_ALGORITHM_RX_0 = 0, RXN_ALGORITHM_RX_2 = 1, RXN_ALGORITHM_CN_1 = 2 };
/* keyless: rxn_cache_open for algorithms without a key only */
enum { RXN_MODE_AUTO = 0, RXN_MODE_LIGHT = 1, RXN_MODE_FAST = 2, RXN_MODE_KEYLESS = 3 };
enum { RXN_PATH_JIT = 0, RXN_PATH_INTERPRETER = 1 };
/* How programs change the rounding mode: by the control register, or (AVX-512, rx/0 in fast mode)
 * by code that has the mode in its instructions. What a machine cannot do is not done. */
enum { RXN_ROUNDING_AUTO = 0, RXN_ROUNDING_CONTROL = 1, RXN_ROUNDING_EMBEDDED = 2 };
/* By which instruction fast mode calls dataset lines ahead of time (x86-64): prefetcht0,
 * prefetchnta or none at all, which is for measuring. */
enum { RXN_PREFETCH_AUTO = 0, RXN_PREFETCH_T0 = 1, RXN_PREFETCH_NTA = 2, RXN_PREFETCH_NONE = 3 };
enum {
  RXN_PAGES_AUTO = 0,
  RXN_PAGES_1G = 1,
  RXN_PAGES_2M = 2,
  RXN_PAGES_THP = 3,
  RXN_PAGES_4K = 4
};

/* A prepared key. */
typedef uint64_t rxn_cache;

/*
 * Prepares a RandomX key. Takes about half a second and 256 MiB; with mode fast the dataset is
 * built as well (2.1 GiB, all CPUs, many seconds). Equal keys share one cache, also with miners.
 *
 * key       key_bytes bytes, 0 to RXN_KEY_BYTES; may be NULL when key_bytes is 0
 * path      RXN_PATH_…
 * mode      RXN_MODE_…; auto means light here; keyless prepares nothing and ignores the key
 * *out      the caller's until rxn_cache_close
 * errors    INVALID_ARGUMENT; OUT_OF_MEMORY; THREAD_FAILED; CODE_MEMORY_REFUSED: path interpreter
 *           still works
 */
RXN_API rxn_status rxn_cache_open(const uint8_t* key, uint32_t key_bytes, uint32_t path,
                                  uint32_t mode, rxn_cache* out);
/*
 * One hash: some 20 ms in light mode, a few with a dataset. Calls for one handle wait for each
 * other.
 *
 * algorithm RXN_ALGORITHM_…; a keyless handle knows cn/1 only
 * input     input_bytes bytes, at most RXN_INPUT_BYTES; cn/1 needs at least 43. May be NULL when
 *           input_bytes is 0
 * out       64 bytes: the hash; then for rx/2 the commitment (Blake2b-256 of input ‖ hash), which
 * is what counts against a target, for others zeroes errors    STALE_HANDLE; INVALID_ARGUMENT;
 * UNSUPPORTED_ALGORITHM; OUT_OF_MEMORY; CODE_MEMORY_REFUSED
 */
RXN_API rxn_status rxn_cache_hash(rxn_cache cache, uint32_t algorithm, const uint8_t* input,
                                  uint32_t input_bytes, uint8_t out[64]);
/* Gives the cache back; its memory goes with the last of those who share it. errors: STALE_HANDLE
 */
RXN_API rxn_status rxn_cache_close(rxn_cache cache);

/* ---- Mining ---- */

/* A miner: a control thread, hashing threads, and what they have to tell. */
typedef uint64_t rxn_miner;

enum { RXN_PRIORITY_BACKGROUND = 0, RXN_PRIORITY_NORMAL = 1 };
/* Where the nonces of a blob begin: at 0 for each miner, or where the miners of this process before
 * and beside this one that say so too have left them, so that none is tried twice. */
enum { RXN_NONCES_OF_MINER = 0, RXN_NONCES_OF_PROCESS = 1 };

typedef struct rxn_options {
  uint32_t struct_size;  /* sizeof(rxn_options) */
  uint32_t mode;         /* RXN_MODE_…, not keyless; auto: fast when about 3 GiB are free */
  uint32_t pages;        /* RXN_PAGES_…; anything but auto never falls back */
  uint32_t interleave;   /* VMs that take turns in a thread, 1 to 4; 0, and in light mode: the
                            engine's choice */
  uint32_t path;         /* RXN_PATH_… */
  uint32_t priority;     /* RXN_PRIORITY_…; background: only when nothing else wants the CPU */
  uint32_t rounding;     /* RXN_ROUNDING_…; auto: the engine's choice */
  uint32_t thread_count; /* 1 to RXN_MAX_THREADS */
  uint32_t nonces;       /* RXN_NONCES_…; counts at creation only */
  uint32_t prefetch;     /* RXN_PREFETCH_…; auto: the engine's choice */
} rxn_options;

typedef struct rxn_job {
  uint32_t struct_size;  /* sizeof(rxn_job) */
  uint32_t algorithm;    /* RXN_ALGORITHM_… */
  uint64_t target;       /* share iff the little-endian u64 of result bytes 24…31 is below */
  uint32_t nonce_offset; /* of the four little-endian nonce bytes in blob */
  uint32_t reserved_nonce_bytes; /* 0 to 3 most significant nonce bytes kept as they are in blob */
  uint32_t blob_bytes;           /* cn/1: at least 43 */
  uint32_t key_bytes;            /* unused by cn/1 */
  uint32_t next_key_bytes;       /* 0: not known */
  uint32_t reserved;
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
  RXN_STATE_STOPPED = 6, /* all threads have ended; destroy may be called */
  RXN_STATE_FAILED = 7   /* see the last error event; only request_stop helps */
};
enum {
  RXN_PAGE_KIND_NONE = 0,
  RXN_PAGE_KIND_1G = 1,
  RXN_PAGE_KIND_2M = 2,
  RXN_PAGE_KIND_THP = 3,
  RXN_PAGE_KIND_4K = 4
};

typedef struct rxn_snapshot {
  uint32_t struct_size; /* the library's: the counters begin so many bytes into the buffer */
  uint32_t event_size;  /* the library's size of an rxn_event */
  uint32_t state;       /* RXN_STATE_… */
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
  uint64_t job_number;              /* share */
  uint32_t type;                    /* RXN_EVENT_… */
  int32_t status;                   /* error: its code */
  uint32_t key_bytes;               /* key ready */
  uint32_t mode;                    /* key ready: RXN_MODE_LIGHT or RXN_MODE_FAST */
  uint32_t algorithm;               /* share */
  uint8_t nonce[4];                 /* share: as in the blob */
  uint8_t result[RXN_HASH_BYTES];   /* share: what met the target (rx/2: the commitment) */
  uint8_t raw_hash[RXN_HASH_BYTES]; /* share: the hash itself */
  uint8_t key[64];
  char message[RXN_MESSAGE_BYTES]; /* error */
} rxn_event;

/*
 * Starts a miner's control thread; hashing threads start, and memory is taken, when the first job
 * comes.
 *
 * cpus      options->thread_count logical CPU numbers, allowed ones (rxn_logical_cpu), each at most
 *           once: a hashing thread for each
 * *out      the caller's until rxn_miner_destroy
 * errors    INVALID_ARGUMENT; THREAD_FAILED
 */
RXN_API rxn_status rxn_miner_create(const rxn_options* options, const uint32_t* cpus,
                                    rxn_miner* out);
/*
 * Other options for a running miner; pages and path stay as created. The hashing threads start
 * again with them; prepared keys are kept. A CPU's counter goes on from its total so far; a CPU
 * that is new begins at 0.
 *
 * errors    STALE_HANDLE; INVALID_ARGUMENT; STOPPING
 */
RXN_API rxn_status rxn_miner_configure(rxn_miner miner, const rxn_options* options,
                                       const uint32_t* cpus);
/*
 * Work from now on: takes effect after at most the hashes in flight; the newest job wins. Nonces
 * ascend from 0 (above the reserved bytes) from one counter for all threads; the same blob with
 * another target goes on where it was, so that no nonce is hashed twice.
 *
 * *job_number  1, 2, …, by which events and snapshots name the job
 * errors       STALE_HANDLE; INVALID_ARGUMENT; UNSUPPORTED_ALGORITHM; STOPPING
 */
RXN_API rxn_status rxn_miner_set_job(rxn_miner miner, const rxn_job* job, uint64_t* job_number);
/* Threads finish the hashes in flight and wait; memory stays. Pausing twice is pausing once.
 * errors: STALE_HANDLE; STOPPING */
RXN_API rxn_status rxn_miner_pause(rxn_miner miner);
RXN_API rxn_status rxn_miner_resume(rxn_miner miner);
/* Asks all threads to end and returns: poll until the state is stopped, then destroy. Asking twice
 * is asking once. errors: STALE_HANDLE */
RXN_API rxn_status rxn_miner_request_stop(rxn_miner miner);
/* Frees the miner. errors: STALE_HANDLE; NOT_STOPPED before the state is stopped */
RXN_API rxn_status rxn_miner_destroy(rxn_miner miner);
/*
 * Writes an rxn_snapshot, then thread_count uint64_t counters of hashes (in the order of cpus),
 * then event_count rxn_events, oldest first: as many as fit. They are taken off the ring, so two
 * pollers share them. A snapshot answers in every state, also stopped and failed.
 *
 * buffer    `capacity` bytes of any alignment
 * *written  bytes used; with BUFFER_TOO_SMALL, bytes needed for snapshot and counters
 * errors    STALE_HANDLE; INVALID_ARGUMENT; BUFFER_TOO_SMALL: nothing was taken off the ring
 */
RXN_API rxn_status rxn_miner_poll(rxn_miner miner, void* buffer, uint32_t capacity,
                                  uint32_t* written);
/*
 * Waits until there is an event to poll, or a state other than `state`, but no longer than
 * timeout_ms. Counters and progress end no wait.
 *
 * state     RXN_STATE_…, as it was polled last
 * errors    STALE_HANDLE
 */
RXN_API rxn_status rxn_miner_wait(rxn_miner miner, uint32_t state, uint32_t timeout_ms);

#ifdef __cplusplus
}
#endif

#endif
