import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../electron/contract/result.ts';
import { fetchJson, type Server } from '../../../electron/core/poolAccounts/fetchJson.ts';
import { PoolApiServer } from '../../support/poolApi.ts';
import { freePort } from '../../support/ports.ts';
import { SocksProxy } from '../../support/stratum/socksProxy.ts';

let server: PoolApiServer;
const others: { close: () => Promise<void> }[] = [];
beforeEach(async () => {
  server = await PoolApiServer.listen({ '/stats': { fine: true } });
});
afterEach(async () => {
  for (const other of [server, ...others.splice(0)]) await other.close();
});

const never = new AbortController().signal;
const ask = (change: Partial<Server> = {}, ms = 10_000, signal = never) =>
  fetchJson({ ...server.api(), ...change }, '/stats', { ms, signal });
/** Why it could not be asked. */
function why(result: Result<unknown>): string {
  if (result.ok) return 'ok';
  expect(result.error.code).toBe('poolApiFailed');
  expect(result.error.values['host']).toBe('127.0.0.1');
  const { why: reason } = result.error.values;
  return typeof reason === 'object' ? reason.code : String(reason);
}

it('asks once, over TLS, and says nothing of who asks', async () => {
  expect(await ask()).toEqual({ ok: true, value: { fine: true } });
  expect(server.asked).toEqual(['/stats']);
  expect(server.headers).toEqual([
    { host: '127.0.0.1', accept: 'application/json', connection: 'close' },
  ]);
});

it('goes through a proxy, which alone looks the name up', async () => {
  const proxy = await SocksProxy.listen();
  others.push(proxy);
  const socks5 = { host: '127.0.0.1', port: proxy.port };
  expect(await ask({ host: 'localhost', socks5 })).toMatchObject({ ok: true });
  expect(proxy.asked).toEqual([`localhost:${String(server.port)}`]);
});

it('never goes around a proxy that does not work', async () => {
  const socks5 = { host: '127.0.0.1', port: await freePort() };
  expect(why(await ask({ socks5 }))).toBe('proxyUnreachable');
  expect(server.asked).toEqual([]);
});

it('sends nothing to a server whose certificate nobody vouches for', async () => {
  expect(why(await ask({ tls: { use: 'authority' } }))).toBe('certificateNotTrusted');
  expect(server.asked).toEqual([]);
});

describe('refuses', () => {
  it('to follow to another server', async () => {
    const other = await PoolApiServer.listen({ '/stats': {} });
    others.push(other);
    server.behave = (_, response) => {
      response.writeHead(302, { location: `https://127.0.0.1:${String(other.port)}/stats` }).end();
    };
    expect(why(await ask())).toBe('poolApiRedirects');
    expect(other.asked).toEqual([]);
  });

  it('an answer without an end', async () => {
    server.behave = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    expect(why(await ask())).toBe('poolApiTooLong');
  });

  it('to wait for a slow one', async () => {
    server.behave = (_, response) => response.write('{');
    expect(why(await ask({}, 1000))).toBe('poolApiSilent');
  });

  it.each([
    ['poolApiStatus', 503, '{}'],
    ['poolApiStrange', 200, '<html>Just a moment…</html>'],
    ['poolApiStrange', 200, ''],
  ])('with %s what comes as %i: %j', async (code, status, text) => {
    server.behave = (_, response) => response.writeHead(status).end(text);
    expect(why(await ask())).toBe(code);
  });

  it('another protocol', async () => {
    server.behave = (_, response) => {
      response.socket?.end(
        'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      );
    };
    expect(why(await ask())).toBe('poolApiBroken');
  });

  it('what is cut off', async () => {
    server.behave = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{}');
      setTimeout(() => response.destroy(), 50);
    };
    expect(why(await ask())).toBe('poolApiBroken');
  });
});

it('opens no connection for what is wanted no more already', async () => {
  let opened = 0;
  const change = { host: 'localhost', onOpening: () => (opened += 1) };
  const told = await ask(change, 60_000, AbortSignal.abort());
  expect(told).toMatchObject({ ok: false });
  expect(opened).toBe(0);
});

it('ends at once when the answer is wanted no more', async () => {
  const wanted = new AbortController();
  server.behave = () => wanted.abort();
  expect(why(await ask({}, 60_000, wanted.signal))).toBe('poolApiBroken');
});
