#if defined(__aarch64__)

#include "loop_parts.hpp"

namespace ibct::a64 {
namespace {

constexpr int kFrameBytes = 176;
constexpr int kIntegersAt = 16;  // above x29 and x30
constexpr int kVectorsAt = 96;

}  // namespace

void LoopParts::enterFunction() {
  as_.pushPair(x(29), kLink, kFrameBytes);
  for (unsigned i = 0; i < 5; ++i)
    as_.storePair(x(19 + 2 * i), x(20 + 2 * i), kStack, kIntegersAt + static_cast<int>(16 * i));
  for (unsigned i = 0; i < 4; ++i)
    as_.storeHalves(v(8 + 2 * i), v(9 + 2 * i), kStack, kVectorsAt + static_cast<int>(16 * i));
  as_.readFpcr(kTemporary);
  as_.store(kTemporary, x(0), offsetof(Context, callersFpcr));
}

void LoopParts::leaveFunction(Reg context) {
  as_.load(kTemporary, context, offsetof(Context, callersFpcr));
  as_.writeFpcr(kTemporary);
  for (unsigned i = 0; i < 5; ++i)
    as_.loadPair(x(19 + 2 * i), x(20 + 2 * i), kStack, kIntegersAt + static_cast<int>(16 * i));
  for (unsigned i = 0; i < 4; ++i)
    as_.loadHalves(v(8 + 2 * i), v(9 + 2 * i), kStack, kVectorsAt + static_cast<int>(16 * i));
  as_.popPair(x(29), kLink, kFrameBytes);
  as_.ret();
}

void LoopParts::loadShared(Reg context) {
  as_.load(kEKeep, context, offsetof(Context, eKeep));
  as_.load(kScale, context, offsetof(Context, scale));
}

void LoopParts::loadConstants(unsigned number, const Lane& lane, Reg context) {
  for (unsigned i = 0; i < 4; ++i) as_.load(lane.a(i), context, aAt(number, i));
  as_.load(lane.eSet, context, laneAt(number, offsetof(LaneContext, eSet)));
}

void LoopParts::storeIntegers(unsigned number, const Lane& lane, Reg context) {
  for (unsigned i = 0; i < 8; ++i) as_.store(lane.r(i), context, rAt(number, i));
}

void LoopParts::storeFloats(unsigned number, const Lane& lane, Reg context) {
  for (unsigned i = 0; i < 4; ++i) as_.store(lane.f(i), context, fAt(number, i));
  for (unsigned i = 0; i < 4; ++i) as_.store(lane.e(i), context, eAt(number, i));
}

void LoopParts::xorLine(const Lane& lane, LoadPair load) {
  for (unsigned i = 0; i < 8; i += 2) {
    (as_.*load)(kTemporary, kTemporary2, kTemporary3, static_cast<int>(8 * i));
    as_.exclusiveOr(lane.r(i), lane.r(i), kTemporary);
    as_.exclusiveOr(lane.r(i + 1), lane.r(i + 1), kTemporary2);
  }
}

void LoopParts::loadFloats(const Lane& lane) {
  for (unsigned i = 0; i < 4; ++i) {
    as_.loadHalf(lane.f(i), kTemporary3, 8 * i);
    as_.convert(lane.f(i));
  }
  for (unsigned i = 0; i < 4; ++i) {
    as_.loadHalf(lane.e(i), kTemporary3, 32 + 8 * i);
    as_.convert(lane.e(i));
    maskE(as_, lane.e(i), lane.eSet);
  }
}

void LoopParts::datasetAddress(const Configuration& configuration, const Lane& lane, Reg to) {
  const auto& read = configuration.readRegister;
  as_.exclusiveOr32(to, lane.r(read[2]), lane.r(read[3]));
}

void LoopParts::lineAddresses(const Configuration& configuration, const Lane& lane, Reg to) {
  const auto& read = configuration.readRegister;
  as_.exclusiveOr(to, lane.r(read[0]), lane.r(read[1]));
}

void LoopParts::writeIntegers(const Lane& lane) {
  for (unsigned i = 0; i < 8; i += 2)
    as_.storePair(lane.r(i), lane.r(i + 1), kTemporary3, static_cast<int>(8 * i));
}

void LoopParts::writeFloats(const Lane& lane) {
  for (unsigned i = 0; i < 4; ++i) as_.store(lane.f(i), kTemporary3, 16 * i);
}

void LoopParts::mixByXor(const Lane& lane) {
  for (unsigned i = 0; i < 4; ++i) as_.exclusiveOr(lane.f(i), lane.f(i), lane.e(i));
}

void LoopParts::mixByAes(const Lane& lane) {
  as_.clear(kOperand);
  for (unsigned key = 0; key < 4; ++key)
    for (unsigned i = 0; i < 4; ++i) {
      if (i % 2 == 0)
        as_.aesEncrypt(lane.f(i), kOperand);
      else
        as_.aesDecrypt(lane.f(i), kOperand);
      as_.exclusiveOr(lane.f(i), lane.f(i), lane.e(key));
    }
}

}  // namespace ibct::a64

#endif
