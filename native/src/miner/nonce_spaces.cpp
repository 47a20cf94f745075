#include "nonce_spaces.hpp"

#include <algorithm>

namespace ibct {
namespace {

std::vector<uint8_t> identityOf(const Job& job) {
  std::vector<uint8_t> identity(size_t{4} + job.blobBytes);
  job.writeBlob(0, identity.data() + 4);
  identity[0] = static_cast<uint8_t>(job.algorithm);
  identity[1] = job.reservedNonceBytes;
  identity[2] = static_cast<uint8_t>(job.nonceOffset);
  identity[3] = static_cast<uint8_t>(job.nonceOffset >> 8);
  return identity;
}

}  // namespace

NonceSpaces& NonceSpaces::ofProcess() {
  static auto& spaces = *new NonceSpaces;  // never ends: threads may be running then
  return spaces;
}

uint16_t NonceSpaces::spaceOf(const Job& job) {
  std::vector<uint8_t> identity = identityOf(job);
  const std::lock_guard lock(mutex_);
  auto space = std::find_if(spaces_.begin(), spaces_.end(),
                            [&](const Space& known) { return known.identity == identity; });
  if (space == spaces_.end()) {
    space = std::min_element(spaces_.begin(), spaces_.end(),
                             [](const Space& a, const Space& b) { return a.lastUse < b.lastUse; });
    space->identity = std::move(identity);
    space->next = 0;
  }
  space->lastUse = ++uses_;
  return static_cast<uint16_t>(space - spaces_.begin());
}

}  // namespace ibct
