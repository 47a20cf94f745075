// The form in which Linux lists CPUs and nodes.
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace ibct {

constexpr uint32_t kMostCpus = 4096;

// "0-3,8,10-11"; anything else ends the list.
std::set<uint32_t> cpuList(const std::string& text);

}  // namespace ibct
