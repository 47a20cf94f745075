#if defined(_WIN32)

#include <windows.h>

#include "available.hpp"

namespace ibct {

MemoryReport memoryReport() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof status;
  MemoryReport report;
  report.hugePagesReserved = false;
  if (GlobalMemoryStatusEx(&status) == 0) return report;
  report.totalBytes = status.ullTotalPhys;
  report.availableBytes = status.ullAvailPhys;
  return report;
}

MemoryReport memoryOfNode(uint32_t node, const std::string&) {
  MemoryReport report;
  report.hugePagesReserved = false;
  ULONGLONG bytes = 0;
  if (GetNumaAvailableMemoryNodeEx(static_cast<USHORT>(node), &bytes) == 0) return report;
  report.totalBytes = report.availableBytes = bytes;
  return report;
}

}  // namespace ibct

#endif
