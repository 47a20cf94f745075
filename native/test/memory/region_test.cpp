// Memory comes zeroed, in the pages it says, and is given back.
#include "memory/region.hpp"

#include <cstdio>
#include <cstring>

#if defined(__linux__)
#include <sys/mman.h>
#include <sys/prctl.h>
#endif

#include "memory/available.hpp"
#include "memory/code_buffer.hpp"
#include "memory/mapping.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

constexpr size_t kBytes = size_t{6} << 20;

bool allZero(const Region& region) {
  for (size_t i = 0; i < region.size(); ++i) {
    if (region.data()[i] != 0) return false;
  }
  return true;
}

TEST("small pages are zeroed and said to be small") {
  const Region region = Region::allocate(kBytes, PagePolicy::small);
  CHECK(region);
  CHECK(region.pages() == PageKind::small);
  CHECK(allZero(region));
}

TEST("automatic always gets something") {
  const Region region = Region::allocate(kBytes, PagePolicy::automatic);
  CHECK(region);
  CHECK(region.pages() != PageKind::none);
  CHECK(reinterpret_cast<uintptr_t>(region.data()) % 4096 == 0);
  CHECK(allZero(region));
}

TEST("an explicit policy never falls back") {
  const struct {
    PagePolicy policy;
    PageKind kind;
  } cases[] = {{PagePolicy::huge2m, PageKind::huge2m},
               {PagePolicy::transparent, PageKind::transparent},
               // Too small for a page of 1 GiB: 2 MiB pages or nothing.
               {PagePolicy::huge1g, PageKind::huge2m}};
  for (const auto& [policy, kind] : cases) {
    const Region region = Region::allocate(kBytes, policy);
    CHECK(!region || region.pages() == kind);
  }
}

TEST("moving hands the memory over") {
  Region first = Region::allocate(kBytes, PagePolicy::small);
  uint8_t* data = first.data();
  Region second = std::move(first);
  CHECK(!first);
  CHECK(second.data() == data);
  second = Region();
  CHECK(!second);
}

#if defined(__linux__)

// As where transparent pages are off: ordinary memory that asks for none.
TEST("huge pages are made of fresh memory where the system makes none by itself") {
  constexpr size_t reservedBytes = kBytes + 2 * kHuge2mBytes;
  void* reserved = mmap(nullptr, reservedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const uintptr_t start = (reinterpret_cast<uintptr_t>(reserved) / kHuge2mBytes + 1) * kHuge2mBytes;
  uint8_t* data = reinterpret_cast<uint8_t*>(start);
  CHECK(mprotect(data, kBytes, PROT_READ | PROT_WRITE) == 0);
  const bool made = collapsePages(data, kBytes);
  // An emulator takes the wish for granted.
  if (made && !test::kSampled) {
    CHECK_EQUAL(transparentBytes(data, kBytes), kBytes);
  }
  data[kBytes - 1] = 1;
  CHECK_EQUAL(data[kHuge2mBytes], 0);
  munmap(reserved, reservedBytes);
}

TEST("where they are forbidden, memory comes in small pages") {
  const bool forbidden = prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) == 0;
  const Region region = Region::allocate(kBytes, PagePolicy::ordinary);
  const Region wanted = Region::allocate(kBytes, PagePolicy::transparent);
  prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
  if (forbidden && !test::kSampled) {
    CHECK(region.pages() == PageKind::small);
    CHECK(!wanted);
  }
  CHECK(allZero(region));
}

#endif

TEST("too much is refused") { CHECK(!Region::allocate(size_t{1} << 50, PagePolicy::automatic)); }

TEST("cancelled memory is not had") {
  const std::atomic<bool> cancelled{true};
  CHECK(!Region::allocate(kBytes, PagePolicy::automatic, cancelled));
}

TEST("ordinary memory leaves reserved pages alone") {
  const Region region = Region::allocate(kBytes, PagePolicy::ordinary);
  CHECK(region.pages() == PageKind::transparent || region.pages() == PageKind::small);
}

TEST("there is room in reserved pages, or in what is available with some to spare") {
  constexpr uint64_t gibibyte = uint64_t{1} << 30;
  MemoryReport memory;
  CHECK(hasRoomFor(memory, gibibyte, PagePolicy::automatic, 0));  // nothing is known
  memory.totalBytes = 8 * gibibyte;
  memory.availableBytes = gibibyte;
  CHECK(hasRoomFor(memory, gibibyte, PagePolicy::automatic, 0));
  CHECK(!hasRoomFor(memory, gibibyte, PagePolicy::automatic, 1));
  memory.huge2mFreeBytes = gibibyte;
  CHECK(hasRoomFor(memory, gibibyte, PagePolicy::automatic, 1));
  CHECK(!hasRoomFor(memory, gibibyte, PagePolicy::ordinary, 1));
  CHECK(!hasRoomFor(memory, 2 * gibibyte, PagePolicy::automatic, 1));
  memory.huge1gFreeBytes = 2 * gibibyte;
  CHECK(hasRoomFor(memory, 2 * gibibyte, PagePolicy::automatic, 1));
  CHECK(!hasRoomFor(memory, 2 * gibibyte + 1, PagePolicy::automatic, 1));
}

TEST("free memory is plausible") {
  const MemoryReport report = memoryReport();
  CHECK(report.totalBytes > 0);
  CHECK(report.availableBytes > 0);
  CHECK(report.availableBytes <= report.totalBytes);
}

// No mapping of this process is writable and executable at once.
bool writableAndExecutableExists() {
  std::FILE* maps = std::fopen("/proc/self/maps", "r");
  if (maps == nullptr) return false;
  char line[512];
  bool found = false;
  while (std::fgets(line, sizeof line, maps) != nullptr) {
    const char* permissions = std::strchr(line, ' ');
    if (permissions != nullptr && std::strncmp(permissions + 1, "rwx", 3) == 0) found = true;
  }
  std::fclose(maps);
  return found;
}

#if defined(__x86_64__)
constexpr uint8_t returns42[] = {0xb8, 42, 0, 0, 0, 0xc3};  // mov eax, 42; ret
constexpr uint8_t returns43[] = {0xb8, 43, 0, 0, 0, 0xc3};
#elif defined(__aarch64__)
constexpr uint8_t returns42[] = {0x40, 5, 0x80, 0x52, 0xc0, 3, 0x5f, 0xd6};  // mov w0, 42; ret
constexpr uint8_t returns43[] = {0x60, 5, 0x80, 0x52, 0xc0, 3, 0x5f, 0xd6};
#endif

TEST("code runs from where it cannot be written") {
  CodeBuffer code(4096);
  CHECK(code);
  const auto write = [&](const uint8_t* bytes) {
    std::memcpy(code.beginWriting(), bytes, sizeof returns42);
    CHECK(code.finishWriting(sizeof returns42));
    CHECK(!writableAndExecutableExists());
    return reinterpret_cast<int (*)()>(reinterpret_cast<uintptr_t>(code.executable()))();
  };
  CHECK_EQUAL(write(returns42), 42);
  CHECK_EQUAL(write(returns43), 43);
}

TEST("code that was just replaced is not run as it was before") {
  CodeBuffer code(4096);
  const auto run = reinterpret_cast<int (*)()>(reinterpret_cast<uintptr_t>(code.executable()));
  int wrong = 0;
  for (int i = 0; i < 20000; ++i) {
    const bool odd = i % 2 != 0;
    std::memcpy(code.beginWriting(), odd ? returns43 : returns42, sizeof returns42);
    code.finishWriting(sizeof returns42);
    wrong += run() == (odd ? 43 : 42) ? 0 : 1;
  }
  CHECK_EQUAL(wrong, 0);
}

TEST("forgetting fetched code leaves the thread as it was") {
  volatile double kept = 1.5;
  for (int i = 0; i < 1000; ++i) {
    forgetFetchedCode();
    kept = kept + 1;
  }
  CHECK_EQUAL(kept, 1001.5);
}

}  // namespace
