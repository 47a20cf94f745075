import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { get, type OnOpening } from './request.ts';

const MOST_BYTES = 64 * 1024;
const PATIENCE_MS = 20_000;

/** A small file of one server. Sends nothing but the request line and the host; follows no redirect. */
export function fetchText(url: URL, onOpening: OnOpening): Promise<Result<string>> {
  return new Promise((resolve) => {
    const fail = (reason: string) =>
      resolve(refused(problem('releaseServer', { host: url.host, reason })));
    const asked = get(url, onOpening, { signal: AbortSignal.timeout(PATIENCE_MS) });
    asked.on('error', (error) => fail(error.message));
    asked.on('response', (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        fail(`HTTP ${String(response.statusCode)}`);
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MOST_BYTES) {
          response.destroy();
          fail(`> ${String(MOST_BYTES)} bytes`);
        }
      });
      response.on('error', (error) => fail(error.message));
      response.on('end', () => resolve(success(Buffer.concat(chunks).toString('utf8'))));
    });
    asked.end();
  });
}
