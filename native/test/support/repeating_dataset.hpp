// A stand-in for the 2 GiB dataset: one mebibyte of made-up data, mapped over and over.
#pragma once

#if defined(_WIN32)
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <cstring>
#include <random>
#include <stdexcept>

#include "dataset/cache.hpp"

namespace test {

class RepeatingDataset {
 public:
  // `bits`: those that a word may have set.
  explicit RepeatingDataset(uint64_t bits = UINT64_MAX) {
    mapAll();
    std::mt19937_64 random(1);
    for (size_t i = 0; i < kPieceBytes; i += 8) {
      const uint64_t word = random() & bits;
      std::memcpy(data_ + i, &word, 8);
    }
  }
  ~RepeatingDataset() { unmapAll(); }
  RepeatingDataset(const RepeatingDataset&) = delete;
  RepeatingDataset& operator=(const RepeatingDataset&) = delete;

  const uint8_t* data() const { return data_; }

 private:
  static constexpr size_t kPieceBytes = size_t{1} << 20;
  static constexpr size_t kPieces = (ibct::kDatasetBytes + kPieceBytes - 1) / kPieceBytes;

#if defined(_WIN32)
  void mapAll() {
    const HANDLE file = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0,
                                           DWORD{kPieceBytes}, nullptr);
    // Reserved to find the room, and given back so that the pieces can go there.
    void* room = VirtualAlloc(nullptr, kPieces * kPieceBytes, MEM_RESERVE, PAGE_NOACCESS);
    if (file == nullptr || room == nullptr) throw std::runtime_error("no memory file");
    VirtualFree(room, 0, MEM_RELEASE);
    data_ = static_cast<uint8_t*>(room);
    for (size_t i = 0; i < kPieces; ++i)
      if (MapViewOfFileEx(file, FILE_MAP_ALL_ACCESS, 0, 0, 0, data_ + i * kPieceBytes) == nullptr)
        throw std::runtime_error("no mapping");
    CloseHandle(file);
  }
  void unmapAll() {
    for (size_t i = 0; i < kPieces; ++i) UnmapViewOfFile(data_ + i * kPieceBytes);
  }
#else
  void mapAll() {
    const int file = memfd_create("dataset", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, kPieceBytes) != 0) throw std::runtime_error("no memory file");
    void* all = mmap(nullptr, kPieces * kPieceBytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) throw std::runtime_error("no address space");
    data_ = static_cast<uint8_t*>(all);
    for (size_t i = 0; i < kPieces; ++i)
      if (mmap(data_ + i * kPieceBytes, kPieceBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
               file, 0) == MAP_FAILED)
        throw std::runtime_error("no mapping");
    close(file);
  }
  void unmapAll() { munmap(data_, kPieces * kPieceBytes); }
#endif

  uint8_t* data_ = nullptr;
};

}  // namespace test
