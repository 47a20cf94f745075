// Writes the x86-64 code that makes dataset items (spec 7.3). Each function returns the offset of
// what it wrote; but for the item entry that is a function
//   void(const uint8_t* cache, uint64_t number, uint8_t* out)
// in the calling convention of the system.
//
// A batch goes through the programs one by one, all its items through each: while the others are
// worked on, the next cache line of an item has time to come from memory.
#pragma once

#include "../../dataset/item.hpp"
#include "assembler.hpp"

namespace ibct::x86 {

// One item in the integer registers, with the register convention of DatasetCode::itemEntry().
size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs);
// The same as a function.
size_t emitItemFunction(Assembler& out, size_t itemEntry);

// kScalarBatch items in the integer registers, one after the other.
constexpr unsigned kScalarBatch = 16;
size_t emitScalarBatch(Assembler& out, const SuperscalarPrograms& programs);

// A group is the items on the lanes of vector registers and `scalars` items in the integer
// registers beside them.
struct BatchShape {
  unsigned lanes;
  unsigned scalars;
  unsigned groups;

  constexpr unsigned items() const { return (lanes + scalars) * groups; }
};

// Four lanes in AVX2 registers.
size_t emitLanes256Batch(Assembler& out, const SuperscalarPrograms& programs, BatchShape shape);
// Eight lanes in AVX-512 registers.
size_t emitLanes512Batch(Assembler& out, const SuperscalarPrograms& programs, BatchShape shape);

}  // namespace ibct::x86
