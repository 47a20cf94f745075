import { describe, expect, it } from 'vitest';
import { knownPoolAt, knownPools, ownSources } from '../../electron/contract/knownPools.ts';
import { formatHostPort, parsePoolUrl } from '../../electron/core/work/poolUrl.ts';

describe('known pools', () => {
  it.each(knownPools)('$name recommends an encrypted port of its list', (pool) => {
    expect(pool.tls).toBe(true);
    expect(pool.ports[0]).toEqual({ port: pool.port, tls: true });
    expect(parsePoolUrl(formatHostPort(pool))).toMatchObject({
      ok: true,
      value: { port: pool.port },
    });
  });

  it.each([...knownPools, ...ownSources])('$name says when it was read', (entry) => {
    expect(entry.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('are told by their servers for single regions too, and by nobody else’s', () => {
    const idAt = (host: string) => knownPoolAt(host, knownPools)?.id;
    expect(idAt('pool.supportxmr.com')).toBe('supportxmr');
    expect(idAt('de.hashvault.pro')).toBe('hashvault');
    expect(idAt('xmrpool.eu')).toBe('xmrpool-eu');
    expect(idAt('notxmrpool.eu')).toBeUndefined();
    expect(idAt('xmrpool.eu.example.org')).toBeUndefined();
    expect(idAt('127.0.0.1')).toBeUndefined();
  });

  it.each(knownPools)('$name has a web API below its own name, by TLS', ({ domain, api }) => {
    expect(`.${api.host}`.endsWith(`.${domain}`)).toBe(true);
    expect(api.tls).toEqual({ use: 'authority' });
  });

  it('have ids unlike each other', () => {
    const ids = [...knownPools, ...ownSources].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
