// A test program in one header: TEST("what holds") { CHECK(a == b); CHECK_EQUAL(hex(x), "ab12"); }
// Arguments choose tests whose name contains one of them; 1/4 alone chooses the first of four
// parts. Every failure is printed; the exit code tells.
#pragma once

#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace test {

// Emulated, under sanitizers or for another system: what this processor's own build goes through
// whole may be sampled.
#ifdef SAMPLED
constexpr bool kSampled = true;
#else
constexpr bool kSampled = false;
#endif

struct Case {
  std::string name;
  std::function<void()> body;
};

inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

inline int& failures() {
  static int count = 0;
  return count;
}

struct Register {
  Register(const char* name, void (*body)()) { cases().push_back({name, body}); }
};

inline void fail(const char* file, int line, const std::string& message) {
  std::printf("  %s:%d: %s\n", file, line, message.c_str());
  ++failures();
}

template <typename A, typename B>
void checkEqual(const A& actual, const B& expected, const char* text, const char* file, int line) {
  if (actual == expected) return;
  std::ostringstream message;
  message << text << "\n    actual:   " << actual << "\n    expected: " << expected;
  fail(file, line, message.str());
}

inline bool chosen(size_t index, int argc, char** argv) {
  if (argc < 2) return true;
  unsigned part = 0;
  unsigned parts = 0;
  if (std::sscanf(argv[1], "%u/%u", &part, &parts) == 2 && parts > 0)
    return index % parts == part - 1;
  for (int i = 1; i < argc; ++i)
    if (cases()[index].name.find(argv[i]) != std::string::npos) return true;
  return false;
}

inline int run(int argc, char** argv) {
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

}  // namespace test

#define TEST_JOIN_(a, b) a##b
#define TEST_JOIN(a, b) TEST_JOIN_(a, b)
#define TEST(name)                                                                                 \
  static void TEST_JOIN(testBody, __LINE__)();                                                     \
  static const test::Register TEST_JOIN(testCase, __LINE__)(name, &TEST_JOIN(testBody, __LINE__)); \
  static void TEST_JOIN(testBody, __LINE__)()

#define CHECK(condition) \
  ((condition) ? (void)0 : test::fail(__FILE__, __LINE__, "not true: " #condition))
#define CHECK_EQUAL(actual, expected) \
  test::checkEqual((actual), (expected), #actual, __FILE__, __LINE__)

int main(int argc, char** argv) { return test::run(argc, argv); }
