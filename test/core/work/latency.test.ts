import { afterEach, expect, it } from 'vitest';
import { measureLatency } from '../../../electron/core/work/latency.ts';
import { freePort } from '../../support/ports.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';

const host = '127.0.0.1';
const open: ScriptedPool[] = [];
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close();
});

async function listen(where: Parameters<typeof ScriptedPool.listen>[0] = {}) {
  const pool = await ScriptedPool.listen(where);
  open.push(pool);
  return pool;
}

it('tells the round trip to a pool, leaves at once and sends nothing', async () => {
  const pool = await listen();
  const latency = await measureLatency({ host, port: pool.port, tls: false });
  expect(latency).toMatchObject({ result: 'reached' });
  expect(latency).toHaveProperty('roundTripMs', expect.any(Number));
  await (await pool.connection()).closed();
  expect(pool.received).toEqual([]);
});

it('tells a certificate that nobody vouches for', async () => {
  const { key, cert } = selfSigned('localhost', 'IP:127.0.0.1');
  const { port } = await listen({ tls: { key, cert } });
  expect(await measureLatency({ host, port, tls: true })).toEqual({ result: 'certificate' });
});

it('tells that nobody listens there', async () => {
  const port = await freePort();
  expect(await measureLatency({ host, port, tls: true })).toEqual({ result: 'refused' });
});

it('gives up on a pool that takes the connection and does not answer', async () => {
  const { port } = await listen();
  expect(await measureLatency({ host, port, tls: true }, 1000)).toEqual({ result: 'silent' });
});

it('tells that something else answers than TLS', async () => {
  const pool = await listen();
  const measured = measureLatency({ host, port: pool.port, tls: true });
  (await pool.connection()).socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  expect(await measured).toEqual({ result: 'failed' });
});

it('tells a name that cannot be looked up', async () => {
  const { result } = await measureLatency({ host: 'no-such-pool', port: 443, tls: true });
  // Offline no name server says that there is none.
  expect(['notFound', 'offline']).toContain(result);
});
