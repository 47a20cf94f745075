/** Of a PNG or JPEG, as its head says before anything is decoded; null for whatever else. In pixels. */
export function pictureSize(file: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    return sizeOfPng(view) ?? sizeOfJpeg(view);
  } catch (error) {
    if (error instanceof RangeError) return null; // it ends too early
    throw error;
  }
}

/** Signature, then the chunk IHDR (PNG specification, 5.2 and 11.2.1). */
function sizeOfPng(view: DataView) {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments up to the first frame header, SOF0 to SOF15 (ITU-T T.81, annex B). */
function sizeOfJpeg(view: DataView) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ;) {
    const marker = view.getUint16(at);
    if (marker < 0xff01) return null;
    if (isFrameHeader(marker & 0xff)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + view.getUint16(at + 2);
  }
}

/** 0xC4, 0xC8 and 0xCC in the same range are something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
