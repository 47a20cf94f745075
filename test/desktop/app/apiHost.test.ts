import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startApi } from '../../../electron/core/api/server.ts';
import { ApiHost } from '../../../electron/desktop/app/apiHost.ts';

const token = 'a-token-for-tests';
const host = new ApiHost((at) =>
  startApi({
    ...at,
    snapshot: () => {
      throw new Error('Nothing asks for figures here.');
    },
    facts: () => {
      throw new Error('Nothing asks for figures here.');
    },
  }),
);
afterEach(() => host.close());

const isAnswered = (port: number) =>
  fetch(`http://127.0.0.1:${String(port)}/`).then(
    ({ status }) => status === 401,
    () => false,
  );

it('listens while it is switched on, and not after', async () => {
  host.apply({ enabled: true, port: 0, token });
  const state = await host.state();
  if (state.state !== 'on') throw new Error('The API does not listen.');
  expect(await isAnswered(state.port)).toBe(true);
  host.apply({ enabled: false, port: 0, token });
  expect(await host.state()).toEqual({ state: 'off' });
  expect(await isAnswered(state.port)).toBe(false);
});

it('says so when the port is in use', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  host.apply({ enabled: true, port, token });
  expect(await host.state()).toMatchObject({
    state: 'failed',
    problem: { code: 'apiPortTaken', values: { port: String(port) } },
  });
  await new Promise((resolve) => other.close(resolve));
});
