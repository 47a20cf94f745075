import { expect, it } from 'vitest';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import { defaultSettings, type PoolSettings } from '../../../electron/contract/settings.ts';
import { accountPools } from '../../../electron/desktop/app/accountPools.ts';

const at = (host: string, change: Partial<PoolSettings> = {}): PoolSettings => ({
  ...{ id: host, name: host, kind: 'stratum', host, port: 443, tls: { use: 'authority' } },
  ...{ login: { use: 'wallet' }, password: 'x' },
  ...change,
});
const wallet = { address: 'ADDRESS' };
const socks5 = { host: '127.0.0.1', port: 9050 };
const of = (pools: PoolSettings[], change: Partial<ReturnType<typeof defaultSettings>> = {}) =>
  accountPools({ ...defaultSettings(), wallet, pools, ...change }, knownPools);

it('is each known pool once, with all of its servers, and through a proxy if any of them is', () => {
  const pools = [at('fr.moneroocean.stream'), at('pool.example.org'), at('xmrpool.eu')];
  pools.push(at('gulf.moneroocean.stream', { socks5 }));
  const [ocean, eu, ...others] = of(pools, { askedPools: ['xmrpool-eu'] });
  expect(ocean).toMatchObject({
    ...{ pool: 'moneroocean', isAsked: false, socks5, address: 'ADDRESS' },
    entries: ['fr.moneroocean.stream', 'gulf.moneroocean.stream'],
  });
  expect(eu).toMatchObject({ pool: 'xmrpool-eu', isAsked: true });
  expect(eu).not.toHaveProperty('socks5');
  expect(others).toEqual([]);
});

it('cannot be compared where somebody else may be mined for at the same pool', () => {
  const pools = [at('xmrpool.eu'), at('gulf.moneroocean.stream')];
  pools.push(at('fr.moneroocean.stream', { login: { use: 'text', text: 'OTHER' } }));
  expect(of(pools)).toMatchObject([{ isComparable: true }, { isComparable: false }]);
});

it('is none where there is no address that it could be asked with', () => {
  const pool = at('xmrpool.eu');
  expect(of([pool])).toHaveLength(1);
  expect(of([pool], { wallet: null })).toEqual([]);
  expect(of([pool], { work: 'practice' })).toEqual([]);
  expect(of([at('xmrpool.eu', { login: { use: 'text', text: 'x' } })])).toEqual([]);
});
