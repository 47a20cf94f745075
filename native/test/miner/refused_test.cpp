// What the system refuses: memory for the dataset, all memory, memory for code. Each case runs in a
// process of its own, whose limits the kernel enforces.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <fstream>

#include "support/test.hpp"
#include "support/test_miner.hpp"

namespace {

using namespace test;

// Runs `body` in a child process; its failed checks fail here too.
void inAnotherProcess(const std::function<void()>& body) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    body();
    std::fflush(stdout);
    _exit(failures() == 0 ? 0 : 1);
  }
  int status = 0;
  CHECK_EQUAL(waitpid(child, &status, 0), child);
  CHECK(WIFEXITED(status));
  CHECK_EQUAL(WEXITSTATUS(status), 0);
}

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

// From here on no memory of this process becomes executable.
void forbidNewCode() {
#define ARGUMENT(number) (offsetof(seccomp_data, args) + 8 * (number))
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(2)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
#undef ARGUMENT
  const sock_fprog program{sizeof filter / sizeof filter[0], filter};
  CHECK_EQUAL(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  CHECK_EQUAL(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0), 0);
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

size_t countErrors(const std::vector<rxn_event>& events, rxn_status status) {
  size_t count = 0;
  for (const rxn_event& event : events)
    if (event.type == RXN_EVENT_ERROR) {
      CHECK_EQUAL(event.status, status);
      ++count;
    }
  return count;
}

bool hasShare(const Polled& polled) {
  for (const rxn_event& event : polled.events)
    if (event.type == RXN_EVENT_SHARE) return true;
  return false;
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
    const auto events = eventsUntil(miner, [](const Polled& polled) {
      return polled.snapshot.state == RXN_STATE_FAILED && !polled.events.empty();
    });
    CHECK_EQUAL(countErrors(events, RXN_OUT_OF_MEMORY), 1u);
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
