import { nativeImage } from 'electron';
import type { Picture } from '../../core/wallet/qrPicture.ts';

/** A QR code is found as well in a small picture. */
const LONGEST_SIDE = 1000;

/** A PNG or JPEG whose size was looked at before; null where it cannot be decoded. */
export function decodePicture(file: Uint8Array): Picture | null {
  const image = nativeImage.createFromBuffer(Buffer.from(file));
  if (image.isEmpty()) return null;
  const { width, height } = image.getSize();
  const longest = Math.max(width, height);
  const fitting =
    longest <= LONGEST_SIDE
      ? image
      : image.resize({ width: Math.max(1, Math.round((width * LONGEST_SIDE) / longest)) });
  return { ...fitting.getSize(), pixels: fitting.toBitmap() };
}
