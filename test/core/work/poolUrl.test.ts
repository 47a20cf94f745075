import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatHostPort,
  parseHostPort,
  parsePoolUrl,
} from '../../../electron/core/work/poolUrl.ts';
import { anyText } from '../../support/anyText.ts';

describe('pool address', () => {
  it.each([
    ['pool.example.com:4444', 'stratum', 'pool.example.com', 4444, false],
    ['pool.example.com', 'stratum', 'pool.example.com', 3333, false],
    ['  127.0.0.1:1 ', 'stratum', '127.0.0.1', 1, false],
    ['stratum+tcp://pool.example.com:80/', 'stratum', 'pool.example.com', 80, false],
    ['STRATUM+SSL://Pool.Example.com:443', 'stratum', 'Pool.Example.com', 443, true],
    ['tls://pool.example.com', 'stratum', 'pool.example.com', 3333, true],
    ['[2001:db8::1]:5555', 'stratum', '2001:db8::1', 5555, false],
    ['stratum+ssl://[::1]', 'stratum', '::1', 3333, true],
    ['daemon+http://localhost', 'daemon', 'localhost', 18081, false],
    ['daemon+https://node.example.com:18089', 'daemon', 'node.example.com', 18089, true],
    ['abcdefghij234567.onion:3333', 'stratum', 'abcdefghij234567.onion', 3333, false],
  ])('%s', (text, kind, host, port, tls) => {
    expect(parsePoolUrl(text)).toEqual({ ok: true, value: { kind, host, port, tls } });
  });

  it.each([
    ['', 'poolUrlEmpty'],
    ['https://pool.example.com', 'poolUrlScheme'],
    ['gopher://pool.example.com', 'poolUrlScheme'],
    ['constructor://pool.example.com', 'poolUrlScheme'],
    [':3333', 'poolUrlHost'],
    ['pool example.com:3333', 'poolUrlHost'],
    ['2001:db8::1:3333', 'poolUrlHost'],
    ['[pool.example.com]:3333', 'poolUrlHost'],
    ['user@pool.example.com:3333', 'poolUrlHost'],
    ['pool.example.com:', 'poolUrlPort'],
    ['pool.example.com:0', 'poolUrlPort'],
    ['pool.example.com:65536', 'poolUrlPort'],
    ['pool.example.com:33x', 'poolUrlPort'],
  ])('%s is refused: %s', (text, code) => {
    expect(parsePoolUrl(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('comes back from its written form', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65535 }), (host, port) => {
        expect(parseHostPort(formatHostPort({ host, port }))).toEqual({
          ok: true,
          value: { host, port },
        });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyText, (text) => void parsePoolUrl(text)));
  });
});
