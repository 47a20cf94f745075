#if defined(_WIN32)

#include <windows.h>

#include "available.hpp"

namespace ibct {

MemoryReport memoryReport() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof status;
  MemoryReport report;
  if (GlobalMemoryStatusEx(&status) == 0) return report;
  report.totalBytes = status.ullTotalPhys;
  report.availableBytes = status.ullAvailPhys;
  return report;
}

}  // namespace ibct

#endif
