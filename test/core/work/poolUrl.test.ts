import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatHostPort,
  parseHostPort,
  parsePoolUrl,
} from '../../../electron/core/work/poolUrl.ts';
import { anyText } from '../../support/anyText.ts';
import { said } from '../../support/said.ts';

describe('pool address', () => {
  it.each([
    ['pool.example.com:4444', 'stratum', 'pool.example.com', 4444, false, 'unsaid'],
    ['pool.example.com', 'stratum', 'pool.example.com', 3333, false, 'unsaid'],
    ['  127.0.0.1:1 ', 'stratum', '127.0.0.1', 1, false, 'unsaid'],
    ['pool.example.com:443', 'stratum', 'pool.example.com', 443, true, 'guessed'],
    ['stratum+tcp://pool.example.com:443', 'stratum', 'pool.example.com', 443, false, 'said'],
    ['stratum+tcp://pool.example.com:80/', 'stratum', 'pool.example.com', 80, false, 'said'],
    ['STRATUM+SSL://Pool.Example.com:443', 'stratum', 'Pool.Example.com', 443, true, 'said'],
    ['tls://pool.example.com', 'stratum', 'pool.example.com', 3333, true, 'said'],
    ['tcp:pool.example.com:3333', 'stratum', 'pool.example.com', 3333, false, 'said'],
    ['ssl:pool.example.com:3333', 'stratum', 'pool.example.com', 3333, true, 'said'],
    ['tcp:3333', 'stratum', 'tcp', 3333, false, 'unsaid'],
    ['pool.example.com:3333:tls', 'stratum', 'pool.example.com', 3333, true, 'said'],
    ['pool.example.com:443:TCP', 'stratum', 'pool.example.com', 443, false, 'said'],
    ['[2001:db8::1]:5555', 'stratum', '2001:db8::1', 5555, false, 'unsaid'],
    ['[2001:db8::1]:5555:ssl', 'stratum', '2001:db8::1', 5555, true, 'said'],
    ['stratum+ssl://[::1]', 'stratum', '::1', 3333, true, 'said'],
    ['daemon+http://localhost', 'daemon', 'localhost', 18081, false, 'said'],
    ['daemon+https://node.example.com:18089', 'daemon', 'node.example.com', 18089, true, 'said'],
    ['abcdefghij234567.onion:3333', 'stratum', 'abcdefghij234567.onion', 3333, false, 'unsaid'],
  ])('%s', (text, kind, host, port, tls, tlsIs) => {
    expect(parsePoolUrl(text)).toEqual({ ok: true, value: { kind, host, port, tls, tlsIs } });
  });

  it.each([
    ['', 'poolUrlEmpty'],
    ['https://pool.example.com', 'poolUrlWebPage'],
    ['gopher://pool.example.com', 'poolUrlScheme'],
    ['constructor://pool.example.com', 'poolUrlScheme'],
    [':3333', 'poolUrlHostMissing'],
    ['pool example.com:3333', 'poolUrlHost'],
    ['2001:db8::1:3333', 'poolUrlBrackets'],
    ['[pool.example.com]:3333', 'poolUrlHost'],
    ['user@pool.example.com:3333', 'poolUrlLogin'],
    ['stratum+tcp://user:pass@pool.example.com:3333', 'poolUrlLogin'],
    ['pool.example.com:', 'poolUrlPort'],
    ['pool.example.com:0', 'poolUrlPort'],
    ['pool.example.com:65536', 'poolUrlPort'],
    ['pool.example.com:33x', 'poolUrlPort'],
    ['pool.example.com:3333:udp', 'poolUrlPort'],
  ])('%s is refused: %s', (text, code) => {
    expect(parsePoolUrl(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('with a login shows the address without it, and where the login goes', () => {
    const parsed = parsePoolUrl('worker:secret@pool.example.com:3333');
    expect(parsed).toMatchObject({ ok: false });
    if (!parsed.ok) {
      expect(said(parsed.error)).toContain('pool.example.com:3333');
      expect(said(parsed.error)).toContain('--login');
      expect(said(parsed.error)).not.toContain('secret');
    }
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
