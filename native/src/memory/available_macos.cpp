#if defined(__APPLE__)

#include <mach/mach.h>
#include <sys/sysctl.h>

#include "available.hpp"

namespace ibct {

MemoryReport memoryReport() {
  MemoryReport report;
  size_t length = sizeof report.totalBytes;
  sysctlbyname("hw.memsize", &report.totalBytes, &length, nullptr, 0);
  vm_statistics64_data_t pages{};
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  const auto result = host_statistics64(mach_host_self(), HOST_VM_INFO64,
                                        reinterpret_cast<host_info64_t>(&pages), &count);
  if (result == KERN_SUCCESS) {
    report.availableBytes = (uint64_t{pages.free_count} + pages.inactive_count) * vm_page_size;
  }
  return report;
}

MemoryReport memoryOfNode(uint32_t, const std::string&) { return {}; }

}  // namespace ibct

#endif
