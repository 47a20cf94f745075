import dns from 'node:dns';
import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { get } from '../../../electron/core/release/request.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';

const closing: Server[] = [];

async function listen(server: Server): Promise<number> {
  closing.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const server of closing.splice(0)) await new Promise((closed) => server.close(closed));
});

/** A name of several addresses, of which only the last one answers. */
function nameHasAddresses(...addresses: string[]): void {
  vi.spyOn(dns, 'lookup').mockImplementation((_: string, ...rest: unknown[]) => {
    const answer = rest.at(-1) as (error: null, found: unknown) => void;
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(() => answer(null, found));
  });
}

test('nobody is asked whom no authority vouches for, and what encryption takes is counted', async () => {
  let asked = 0;
  const { key, cert } = selfSigned('localhost', 'DNS:localhost');
  const server = createServer({ key, cert }, () => (asked += 1));
  const port = await listen(server);
  const opened: Socket[] = [];
  const request = get(new URL(`https://localhost:${port}/`), (wire) => opened.push(wire), {});
  const [error] = (await once(request.end(), 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(asked).toBe(0);
  expect(opened.map(({ bytesRead }) => bytesRead > 500)).toEqual([true]);
});

test.each(['http:', 'https:'])(
  '%s is asked at the next address where the first fails',
  async (protocol) => {
    const { key, cert } = selfSigned('localhost', 'DNS:localhost');
    const answer = (_: unknown, response: { end: (text: string) => void }) => response.end('hello');
    const server =
      protocol === 'http:' ? createPlainServer(answer) : createServer({ key, cert }, answer);
    const port = await listen(server);
    nameHasAddresses('::1', '127.0.0.2', '127.0.0.1');
    const request = get(new URL(`${protocol}//localhost:${port}/`), () => undefined, {
      agent: false,
    });
    const outcome = await new Promise<string | undefined>((resolve) => {
      request.once('response', () => resolve('answered'));
      request.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      request.end();
    });
    expect(outcome).toBe(protocol === 'http:' ? 'answered' : 'DEPTH_ZERO_SELF_SIGNED_CERT');
    request.destroy();
  },
);

test('a server that falls silent is given up', async () => {
  const port = await listen(createPlainServer(() => undefined));
  const request = get(new URL(`http://127.0.0.1:${port}/`), () => undefined, { timeout: 200 });
  await once(request.end(), 'timeout');
  request.on('error', () => undefined).destroy();
});
