// A test program: TEST("what holds") { CHECK(a == b); CHECK_EQUAL(hex(x), "ab12"); }, and main() is
// in test.cpp. Arguments choose tests whose name contains one of them; 1/4 alone chooses the first
// of four parts. Every failure is printed; the exit code tells.
#pragma once

#include <cstdio>
#include <cstring>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace test {

// Emulated, under sanitizers or for another system: what this processor's own build goes through
// whole may be sampled. Not in the sources' flags, so that a compiler cache finds the tests again.
extern const bool kSampled;

// How many checks have failed.
int& failures();

struct Register {
  Register(const char* name, void (*body)());
};

void fail(const char* file, int line, const std::string& message);

template <typename A, typename B>
void checkEqual(const A& actual, const B& expected, const char* text, const char* file, int line) {
  if (actual == expected) return;
  std::ostringstream message;
  message << text << "\n    actual:   " << actual << "\n    expected: " << expected;
  fail(file, line, message.str());
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
