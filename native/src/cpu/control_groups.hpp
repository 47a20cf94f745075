// The control groups (containers) that this process is in, on Linux. Elsewhere there are none.
#pragma once

#include <functional>
#include <string>

namespace ibct {

// Calls visit(folder, isV2) for this process's group of a controller ("cpu", "memory"), then for
// each group around it; folders end in a slash, and need not exist. `root` stands for the file
// system's.
void forEachControlGroup(const std::string& root, const std::string& controller,
                         const std::function<void(const std::string& folder, bool isV2)>& visit);

// How many CPUs' time the groups grant, rounded up: a thread that is held back now and then still
// uses what one less would leave. UINT_MAX: no limit.
unsigned cpusGranted(const std::string& root = "");

}  // namespace ibct
