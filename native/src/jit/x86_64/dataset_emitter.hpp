// Writes the x86-64 code that makes dataset items (spec 7.3). Each function returns the offset of a
// callable
//   void(const uint8_t* cache, uint64_t number, uint8_t* out)
// in the calling convention of the system.
#pragma once

#include "../../dataset/item.hpp"
#include "assembler.hpp"

namespace ibct::x86 {

// One item in the integer registers, with the register convention of DatasetCode::itemEntry().
size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs);
// The same as a function.
size_t emitItemFunction(Assembler& out, size_t itemEntry);

}  // namespace ibct::x86
