// Writes the x86-64 code that makes dataset items (spec 7.3). Each function returns the offset of
// what it wrote; but for the item entry that is a function
//   void(const uint8_t* cache, uint64_t number, uint8_t* out)
// in the calling convention of the system.
//
// A chunk goes through the programs one by one, all its items through each: while the others are
// worked on, the next cache line of an item has time to come from memory.
#pragma once

#include "../../../dataset/item.hpp"
#include "../assembler.hpp"

namespace ibct::x86 {

// One item in the integer registers, with the register convention of ItemGenerator::itemEntry().
size_t emitItemEntry(Assembler& out, const SuperscalarPrograms& programs);
// The same as a function.
size_t emitItemFunction(Assembler& out, size_t itemEntry);

// kScalarChunk items in the integer registers, one after the other.
constexpr unsigned kScalarChunk = 16;
size_t emitScalarChunk(Assembler& out, const SuperscalarPrograms& programs);

// A group is `vectorItems` items in vector registers, one in each 64-bit element, and `scalarItems`
// in the integer registers beside them.
struct ChunkShape {
  unsigned vectorItems;
  unsigned scalarItems;
  unsigned groups;

  constexpr unsigned items() const { return (vectorItems + scalarItems) * groups; }
};

// Four items in AVX2 registers.
size_t emitVectorChunk256(Assembler& out, const SuperscalarPrograms& programs, ChunkShape shape);
// Eight items in AVX-512 registers.
size_t emitVectorChunk512(Assembler& out, const SuperscalarPrograms& programs, ChunkShape shape);

// kListedItems items of any numbers in AVX2 registers, in two groups: lines come while the other
// one is worked on.
//   void(const uint8_t* cache, const uint64_t* numbers, uint8_t* out)
constexpr unsigned kListedItems = 8;
size_t emitListedItems256(Assembler& out, const SuperscalarPrograms& programs);

}  // namespace ibct::x86
