import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pictureSize } from '../../../electron/core/wallet/pictureSize.ts';
import { readQrPicture } from '../../../electron/core/wallet/qrPicture.ts';
import { decodePng, png, qrPng } from '../../support/png.ts';

const link =
  'monero:48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD?tx_amount=1';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qr-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function kept(bytes: Uint8Array): string {
  const path = join(folder, 'picture');
  writeFileSync(path, bytes);
  return path;
}

const codeOf = async (path: string, decode = decodePng) => {
  const read = await readQrPicture(path, decode);
  return read.ok ? read.value : read.error.code;
};

it.each([{}, { scale: 2 }, { transparent: true }, { pixelsASide: 900 }])(
  'the text of a QR code is read from a picture (%o)',
  async (look) => {
    expect(await codeOf(kept(qrPng(link, look)))).toBe(link);
  },
);

it('a picture without a QR code is told', async () => {
  expect(await codeOf(kept(png(100, () => [255, 255, 255, 255])))).toBe('pictureWithoutQr');
});

it('a QR code of more text than an address or a link has is none', async () => {
  expect(await codeOf(kept(qrPng('x'.repeat(1001))))).toBe('pictureWithoutQr');
});

it('what is no picture, or a damaged one, is told', async () => {
  expect(await codeOf(kept(Buffer.from('monero:')))).toBe('pictureUnknown');
  expect(await codeOf(kept(new Uint8Array()))).toBe('pictureUnknown');
  expect(await codeOf(kept(qrPng(link).subarray(0, 200)))).toBe('pictureUnknown');
});

it('a picture of too many pixels is not decoded', async () => {
  const decode = vi.fn(decodePng);
  for (const [width, height] of [
    [10_001, 1],
    [8000, 8000],
  ] as const) {
    const bomb = qrPng(link);
    bomb.writeUInt32BE(width, 16);
    bomb.writeUInt32BE(height, 20);
    expect(await codeOf(kept(bomb), decode)).toBe('pictureTooLarge');
  }
  expect(decode).not.toHaveBeenCalled();
});

it('a file of too many bytes is not read', async () => {
  const path = kept(qrPng(link));
  truncateSync(path, 10_000_001);
  expect(await codeOf(path)).toBe('pictureTooLarge');
});

it('a file that is gone is told', async () => {
  expect(await codeOf(join(folder, 'none'))).toBe('pictureUnreadable');
});

it('the size of a JPEG is that of its frame header, whatever stands before it', () => {
  const app0 = [0xff, 0xe0, 0, 4, 1, 2];
  const huffman = [0xff, 0xc4, 0, 3, 0];
  const frame = [0xff, 0xc2, 0, 11, 8, 0x02, 0x00, 0x03, 0x01, 1, 0, 0, 0];
  const jpeg = (...parts: number[][]) => Uint8Array.from([0xff, 0xd8, ...parts.flat()]);
  expect(pictureSize(jpeg(app0, huffman, frame))).toEqual({ width: 0x301, height: 0x200 });
  expect(pictureSize(jpeg(app0))).toBeNull();
  expect(pictureSize(jpeg([1, 2, 3, 4]))).toBeNull();
});
