// How much CPU time containers grant, read from files in the form that Linux gives them.
#include "cpu/control_groups.hpp"

#include <climits>

#include "support/json.hpp"
#include "support/test.hpp"

namespace {

using namespace ibct;

unsigned grantedIn(const std::string& machine) {
  return cpusGranted(test::vectorsFolder() + "/control_groups/" + machine);
}

TEST("a part of a CPU counts as one more thread") { CHECK_EQUAL(grantedIn("container-v2"), 2u); }

TEST("the tightest of the groups around counts") { CHECK_EQUAL(grantedIn("service-v2"), 3u); }

TEST("version 1 is read where a container shows only its own group") {
  CHECK_EQUAL(grantedIn("container-v1"), 2u);
}

TEST("without a quota there is no limit") {
  CHECK_EQUAL(grantedIn("desktop-v1"), UINT_MAX);
  CHECK_EQUAL(grantedIn("desktop-v2"), UINT_MAX);
  CHECK_EQUAL(grantedIn("no-such-machine"), UINT_MAX);
}

}  // namespace
