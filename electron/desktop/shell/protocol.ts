import { readFile, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME, CONTENT_SECURITY_POLICY, findAsset } from './assets.ts';

const headers = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** Must run before the app is ready: gives app:// an origin of its own, with storage and fetch. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves app:// from `folder` and from nowhere else; symbolic links that leave it are refused too. */
export async function serveRenderer(folder: string): Promise<void> {
  const root = await realpath(folder);
  protocol.handle(APP_SCHEME, async (request) => {
    const asset = request.method === 'GET' ? findAsset(root, request.url) : null;
    if (asset === null) return notFound();
    try {
      const real = await realpath(asset.path);
      if (!real.startsWith(root + sep)) return notFound();
      return new Response(new Uint8Array(await readFile(real)), {
        headers: { ...headers, 'content-type': asset.contentType },
      });
    } catch {
      // Whatever kept the file from being read, the page learns only that there is none.
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers });
}
