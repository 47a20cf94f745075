import { crc32, deflateSync, inflateSync } from 'node:zlib';
import encodeQr from 'qr';
import type { Picture } from '../../electron/core/wallet/qrPicture.ts';

/** A QR code as wallets save it: black on white, or black on nothing. */
export function qrPng(
  text: string,
  { scale = 4, transparent = false, pixelsASide = 0 } = {},
): Buffer {
  const code = encodeQr(text, 'raw');
  const side = Math.max(code.length * scale, pixelsASide);
  return png(side, (x, y) => {
    const isDark = code[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? false;
    return isDark ? [0, 0, 0, 255] : transparent ? [0, 0, 0, 0] : [255, 255, 255, 255];
  });
}

/** Red, green, blue, alpha; colours are those on black. */
type Pixel = readonly [number, number, number, number];

export function png(side: number, pixelAt: (x: number, y: number) => Pixel): Buffer {
  const rows = Buffer.alloc(side * (1 + side * 4));
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) rows.set(pixelAt(x, y), y * (1 + side * 4) + 1 + x * 4);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 6], 8); // 8 bits, with alpha
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** In the place of Electron's decoder: what `png` wrote, and nothing else. */
export function decodePng(file: Uint8Array): Picture | null {
  const bytes = Buffer.from(file);
  try {
    const side = bytes.readUInt32BE(16);
    const rows = inflateSync(bytes.subarray(41, 41 + bytes.readUInt32BE(33)));
    const pixels = Buffer.alloc(side * side * 4);
    for (let y = 0; y < side; y += 1) {
      const row = rows.subarray(y * (1 + side * 4) + 1, (y + 1) * (1 + side * 4));
      pixels.set(row, y * side * 4);
    }
    for (let at = 0; at < pixels.length; at += 4) pixels.subarray(at, at + 3).reverse();
    return { width: side, height: side, pixels };
  } catch {
    return null;
  }
}
