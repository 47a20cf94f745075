#include "support/test.hpp"

#include <cstdio>
#include <exception>

namespace test {
namespace {

struct Case {
  std::string name;
  void (*body)();
};

std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

bool chosen(size_t index, int argc, char** argv) {
  if (argc < 2) return true;
  unsigned part = 0;
  unsigned parts = 0;
  if (std::sscanf(argv[1], "%u/%u", &part, &parts) == 2 && parts > 0)
    return index % parts == part - 1;
  for (int i = 1; i < argc; ++i)
    if (cases()[index].name.find(argv[i]) != std::string::npos) return true;
  return false;
}

int run(int argc, char** argv) {
  int ran = 0;
  for (size_t i = 0; i < cases().size(); ++i) {
    if (!chosen(i, argc, argv)) continue;
    ++ran;
    const int before = failures();
    try {
      cases()[i].body();
    } catch (const std::exception& error) {
      fail(__FILE__, __LINE__, error.what());
    }
    std::printf("%s %s\n", failures() == before ? "ok  " : "FAIL", cases()[i].name.c_str());
    std::fflush(stdout);
  }
  if (ran == 0) std::printf("no test ran\n");
  return failures() == 0 && ran > 0 ? 0 : 1;
}

}  // namespace

#ifdef SAMPLED
const bool kSampled = true;
#else
const bool kSampled = false;
#endif

int& failures() {
  static int count = 0;
  return count;
}

Register::Register(const char* name, void (*body)()) { cases().push_back({name, body}); }

void fail(const char* file, int line, const std::string& message) {
  std::printf("  %s:%d: %s\n", file, line, message.c_str());
  ++failures();
}

}  // namespace test

int main(int argc, char** argv) { return test::run(argc, argv); }
