import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../../support/stratum/certificates.ts';
import { lines, loginAnswer } from '../../../support/stratum/exchange.ts';
import { startMiner, stopMiners } from '../../../support/stratum/miner.ts';
import { ScriptedPool } from '../../../support/stratum/scriptedPool.ts';
import { SocksProxy } from '../../../support/stratum/socksProxy.ts';
import { said } from '../../../support/said.ts';

const opened: { close(): Promise<void> }[] = [];
function closing<T extends { close(): Promise<void> }>(server: T): T {
  opened.push(server);
  return server;
}
afterEach(async () => {
  stopMiners();
  for (const server of opened.splice(0)) await server.close();
});

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

describe('addresses', () => {
  it('of a name are tried in turn', async () => {
    const pool = closing(await ScriptedPool.listen());
    const { events } = startMiner(pool.port, {
      host: 'pool.test',
      lookup: (_host, _options, callback) =>
        callback(null, [
          { address: '127.0.0.3', family: 4 },
          { address: '::1', family: 6 },
          { address: '127.0.0.2', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    await pool.loggedIn(loginAnswer());
    await events.next('job');
    expect(events.of('connecting')).toHaveLength(1);
  });

  it.runIf(hasIPv6)('of IPv6 work like others', async () => {
    const pool = closing(await ScriptedPool.listen({ host: '::1' }));
    const { events } = startMiner(pool.port, { host: '::1' });
    await pool.loggedIn(loginAnswer());
    await events.next('job');
  });
});

describe('SOCKS5', () => {
  it('carries the exchange, and resolves names at the proxy', async () => {
    const pool = closing(await ScriptedPool.listen());
    const proxy = closing(await SocksProxy.listen());
    const { events } = startMiner(pool.port, {
      host: 'pool.onion',
      socks5: { host: '127.0.0.1', port: proxy.port },
      lookup: () => {
        throw new Error('resolved at home');
      },
    });
    const connection = await pool.connection();
    expect(await connection.line()).toBe(lines.login);
    connection.send(lines.loginAnswer);
    await events.next('job');
    expect(proxy.asked).toEqual([`pool.onion:${pool.port}`]);
    expect(events.of('connected')[0]?.endpoint.host).toBe('pool.onion');
  });

  it('carries TLS', async () => {
    const certificate = selfSigned('pool.onion', 'DNS:pool.onion');
    const pool = closing(await ScriptedPool.listen({ tls: certificate }));
    const proxy = closing(await SocksProxy.listen());
    const { events } = startMiner(pool.port, {
      host: 'pool.onion',
      tls: { fingerprint: certificate.fingerprint },
      socks5: { host: '127.0.0.1', port: proxy.port },
    });
    await pool.loggedIn(loginAnswer());
    await events.next('job');
  });

  it('gives name and password where the proxy wants them', async () => {
    const pool = closing(await ScriptedPool.listen());
    const proxy = closing(await SocksProxy.listen('secret'));
    const place = { host: '127.0.0.1', port: proxy.port };
    const right = startMiner(pool.port, { socks5: { ...place, userId: 'u', password: 'secret' } });
    await pool.loggedIn(loginAnswer());
    await right.events.next('job');
    const wrong = startMiner(pool.port, { socks5: { ...place, userId: 'u', password: 'wrong' } });
    expect((await wrong.events.next('disconnected')).error.code).toBe('proxyFailed');
  });

  it('tells when the proxy cannot reach the pool', async () => {
    const proxy = closing(await SocksProxy.listen());
    proxy.refuseWith = 4;
    const { clock, events } = startMiner(4444, {
      host: 'pool.test',
      socks5: { host: '127.0.0.1', port: proxy.port },
    });
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe('proxyFailed');
    expect(said(error)).toContain('pool.test:4444');
    clock.advance(retryInMs);
    await events.next('disconnected');
    expect(proxy.asked).toHaveLength(2);
  });

  it('tells when the proxy itself is not there', async () => {
    const proxy = await SocksProxy.listen();
    const { port } = proxy;
    await proxy.close();
    const { events } = startMiner(4444, { socks5: { host: '127.0.0.1', port } });
    const { error } = await events.next('disconnected');
    expect(said(error)).toContain(
      `The proxy could not be used. 127.0.0.1:${port} refused the connection`,
    );
  });

  it('gives up a proxy that says nothing after 20 s', async () => {
    const silent = closing(await ScriptedPool.listen());
    const { clock, events } = startMiner(4444, {
      socks5: { host: '127.0.0.1', port: silent.port },
    });
    const connection = await silent.connection();
    await connection.spoken();
    clock.advance(20_000);
    expect((await events.next('disconnected')).error.code).toBe('proxyFailed');
    await connection.closed();
  });

  it('survives a proxy that speaks nonsense', async () => {
    const nonsense = closing(await ScriptedPool.listen());
    const { events } = startMiner(4444, {
      socks5: { host: '127.0.0.1', port: nonsense.port },
    });
    (await nonsense.connection()).raw('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect((await events.next('disconnected')).error.code).toBe('proxyFailed');
  });
});
