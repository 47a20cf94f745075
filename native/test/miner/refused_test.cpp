// What the system refuses: memory for the dataset, all memory, threads, memory for code. Each case
// runs in a process of its own, whose limits the kernel enforces.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <fstream>

#include "support/another_process.hpp"
#include "support/test.hpp"
#include "support/test_miner.hpp"

namespace {

using namespace test;

uint64_t addressSpaceBytes() {
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

void allowMore(uint64_t bytes) {
  const rlim_t most = addressSpaceBytes() + bytes;
  const rlimit limit{most, most};
  CHECK_EQUAL(setrlimit(RLIMIT_AS, &limit), 0);
}

// For all threads of this process.
void apply(const sock_filter* filter, size_t length) {
  const sock_fprog program{static_cast<unsigned short>(length), const_cast<sock_filter*>(filter)};
  CHECK_EQUAL(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  CHECK_EQUAL(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program),
              0);
}

// From here on this process gets no more threads, as where a container has used up its tasks.
void forbidNewThreads() {
  const sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAGAIN),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  apply(filter, sizeof filter / sizeof filter[0]);
}

// From here on no memory of this process becomes executable.
void forbidNewCode() {
#define ARGUMENT(number) (offsetof(seccomp_data, args) + 8 * (number))
  const sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(2)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
#undef ARGUMENT
  apply(filter, sizeof filter / sizeof filter[0]);
}

// All events until `done`, errors among them.
std::vector<rxn_event> eventsUntil(TestMiner& miner,
                                   const std::function<bool(const Polled&)>& done) {
  std::vector<rxn_event> all;
  miner.until([&](const Polled& polled) {
    all.insert(all.end(), polled.events.begin(), polled.events.end());
    return done(polled);
  });
  return all;
}

// All events until it has failed and said why, in whichever order.
std::vector<rxn_event> eventsUntilFailed(TestMiner& miner) {
  std::vector<rxn_event> all;
  miner.until([&](const Polled& polled) {
    all.insert(all.end(), polled.events.begin(), polled.events.end());
    return polled.snapshot.state == RXN_STATE_FAILED && !all.empty();
  });
  return all;
}

size_t countErrors(const std::vector<rxn_event>& events, rxn_status status) {
  size_t count = 0;
  for (const rxn_event& event : events)
    if (event.type == RXN_EVENT_ERROR) {
      CHECK_EQUAL(event.status, status);
      ++count;
    }
  return count;
}

bool hasShare(const Polled& polled) { return hasEvent(polled, RXN_EVENT_SHARE); }

// The most memory that this process ever had.
uint64_t peakBytes() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stoull(line.substr(6)) << 10;
  return 0;
}

TEST("without memory for the dataset it says so and mines in light mode") {
  inAnotherProcess([] {
    allowMore(uint64_t{1} << 30);
    TestMiner miner(RXN_MODE_FAST);
    const rxn_job job = TestMiner::jobOf(1, "test key 000");
    miner.set(job);
    bool refused = false;
    const auto events = eventsUntil(miner, [&](const Polled& polled) {
      for (const rxn_event& event : polled.events) refused |= event.type == RXN_EVENT_ERROR;
      return refused && hasShare(polled);
    });
    CHECK_EQUAL(countErrors(events, RXN_OUT_OF_MEMORY), 1u);
    CHECK_EQUAL(events.back().type, uint32_t{RXN_EVENT_SHARE});
    CHECK_EQUAL(miner.poll().snapshot.state, uint32_t{RXN_STATE_LIGHT});
  });
}

TEST("without memory for a cache it fails, says so, and can be stopped") {
  inAnotherProcess([] {
    allowMore(uint64_t{200} << 20);
    TestMiner miner;
    miner.set(TestMiner::jobOf(1, "test key 000"));
    const auto events = eventsUntilFailed(miner);
    CHECK_EQUAL(countErrors(events, RXN_OUT_OF_MEMORY), 1u);
  });
}

TEST("light mode never takes more than 300 MiB, a change of the key included") {
  inAnotherProcess([] {
    TestMiner miner;
    for (const char* key : {"test key 001", "test key 002"}) {
      miner.set(TestMiner::jobOf(1, key));
      miner.shares(3);
    }
    CHECK(peakBytes() > uint64_t{256} << 20);
    CHECK(peakBytes() < uint64_t{300} << 20);
  });
}

TEST("without threads to hash it fails, says so, and can be stopped") {
  inAnotherProcess([] {
    TestMiner miner;
    forbidNewThreads();
    miner.set(TestMiner::jobOf(1, "test key 000"));
    const auto events = eventsUntilFailed(miner);
    CHECK_EQUAL(countErrors(events, RXN_THREAD_FAILED), 1u);
  });
}

TEST("without memory for code it says so and interprets, as right as ever") {
  inAnotherProcess([] {
    forbidNewCode();
    TestMiner miner;
    const rxn_job job = TestMiner::jobOf(1, "test key 000");
    miner.set(job);
    const auto events = eventsUntil(miner, hasShare);
    CHECK(countErrors(events, RXN_CODE_MEMORY_REFUSED) >= 1u);
    const Polled polled = miner.poll();
    CHECK_EQUAL(std::string(polled.snapshot.program_path), "interpreter");
    CHECK_EQUAL(std::string(polled.snapshot.item_path), "interpreter");
    CHECK_EQUAL(test::hex(events.back().result, 32), singleHash(job, events.back()));
  });
}

}  // namespace
