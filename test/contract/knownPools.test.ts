import { describe, expect, it } from 'vitest';
import { knownPools, ownSources } from '../../electron/contract/knownPools.ts';
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

  it('have ids unlike each other', () => {
    const ids = [...knownPools, ...ownSources].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
