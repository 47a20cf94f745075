import { open } from 'node:fs/promises';
import decodeQr from 'qr/decode.js';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { pictureSize } from './pictureSize.ts';

/** Four bytes a pixel: blue, green, red, alpha; colours as they are on black where alpha is not full. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Null where the bytes are no picture. */
export type DecodePicture = (file: Uint8Array) => Picture | null;

const MOST_BYTES = 10_000_000;
const MOST_PIXELS_A_SIDE = 10_000;
const MOST_PIXELS = 40_000_000;
const SEARCH_MS = 1000;
const LONGEST_TEXT = 1000;

/**
 * The text of the QR code in a picture. The file is somebody else's: it is read and decoded only as far as these bounds.
 * Errors: `pictureUnreadable`, `pictureTooLarge`, `pictureUnknown`, `pictureWithoutQr`.
 */
export async function readQrPicture(path: string, decode: DecodePicture): Promise<Result<string>> {
  const file = await readBounded(path);
  if (!file.ok) return file;
  const size = pictureSize(file.value);
  if (size === null) return refused(problem('pictureUnknown'));
  const { width, height } = size;
  if (Math.max(width, height) > MOST_PIXELS_A_SIDE || width * height > MOST_PIXELS) {
    return refused(problem('pictureTooLarge'));
  }
  const picture = decode(file.value);
  if (picture === null) return refused(problem('pictureUnknown'));
  const text = textIn(picture);
  return text === null || text.length > LONGEST_TEXT
    ? refused(problem('pictureWithoutQr'))
    : success(text);
}

async function readBounded(path: string): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      return size > MOST_BYTES
        ? refused(problem('pictureTooLarge'))
        : success((await handle.read(Buffer.alloc(size), 0, size, 0)).buffer);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const said = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return refused(problem('pictureUnreadable', { reason: problem('systemSaid', { said }) }));
  }
}

function textIn({ width, height, pixels }: Picture): string | null {
  try {
    return decodeQr(
      { width, height, data: onWhite(pixels) },
      { format: 'BGRA', timeLimit: SEARCH_MS },
    );
  } catch {
    return null; // it finds none
  }
}

/** A black code without a ground would otherwise be black on black. */
function onWhite(pixels: Uint8Array): Uint8Array {
  const seen = Uint8Array.from(pixels);
  for (let at = 0; at < seen.length; at += 4) {
    const ground = 255 - (seen[at + 3] ?? 255);
    for (let colour = at; colour < at + 3; colour += 1) {
      seen[colour] = (seen[colour] ?? 0) + ground;
    }
  }
  return seen;
}
