import { extname, resolve, sep } from 'node:path';

/** Host of the only origin that this app shows: its own packaged pages. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'ibctminer';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Nothing but the package's own files: no inline script or style, no eval, no other host. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface Asset {
  readonly path: string;
  readonly contentType: string;
}

/**
 * The file inside `folder` that an app:// address names, or null when it names none: another host, a path
 * that leaves the folder, or a type of file that the renderer does not consist of.
 */
export function findAsset(folder: string, address: string): Asset | null {
  const name = pathOf(address);
  if (name === null || name.includes('\0')) return null;

  const path = resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  if (!path.startsWith(resolve(folder) + sep)) return null;
  const contentType = contentTypes[extname(path)];
  return contentType === undefined ? null : { path, contentType };
}

/** The decoded path of an address of ours; null for any other address. */
function pathOf(address: string): string | null {
  try {
    const url = new URL(address);
    if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return null;
    return decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
}
