import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { get } from '../../../electron/core/release/get.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';

test('nobody is asked whom no authority vouches for, and what encryption takes is counted', async () => {
  let asked = 0;
  const { key, cert } = selfSigned('localhost', 'DNS:localhost');
  const server = createServer({ key, cert }, () => (asked += 1));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const opened: Socket[] = [];
  const request = get(new URL(`https://localhost:${port}/`), (wire) => opened.push(wire), {});
  const [error] = (await once(request.end(), 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(asked).toBe(0);
  expect(opened.map(({ bytesRead }) => bytesRead > 500)).toEqual([true]);
  await new Promise((closed) => server.close(closed));
});
