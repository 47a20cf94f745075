export const COOKIE_NAME = 'MIT-MAGIC-COOKIE-1';
/** FamilyLocal and FamilyWild (libXau, Xauth.h). */
const LOCAL = 256;
const WILD = 65_535;

/** What this file (libXau, Xauth.h) gives programs of this computer to be let in by a display; null: nothing. */
export function cookieFor(file: Buffer, display: string, host: string): Buffer | null {
  for (let at = 0; at + 10 <= file.length;) {
    const family = file.readUInt16BE(at);
    at += 2;
    const field = () => {
      const length = at + 2 <= file.length ? file.readUInt16BE(at) : 0;
      const content = file.subarray(at + 2, at + 2 + length);
      at += 2 + length;
      return content;
    };
    const [address, number, name, data] = [field(), field(), field(), field()];
    const isHere = family === WILD || (family === LOCAL && address.toString() === host);
    const isOfDisplay = number.length === 0 || number.toString() === display;
    if (isHere && isOfDisplay && name.toString() === COOKIE_NAME) return data;
  }
  return null;
}
