import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  type DaemonSettings,
  type Settings,
  type StratumSettings,
} from '../../../electron/contract/settings.ts';
import { workOf } from '../../../electron/desktop/app/planOf.ts';

const wallet = { address: '4…' };
const pool: StratumSettings = {
  ...{ id: 'a', name: 'A pool', kind: 'stratum', host: 'a.example', port: 443 },
  ...{ tls: { use: 'authority' }, login: { use: 'wallet' }, password: 'x' },
};
const p2pool: StratumSettings = { ...pool, id: 'b', login: { use: 'text', text: 'me' } };
const node: DaemonSettings = {
  ...{ id: 'c', name: 'My node', kind: 'daemon', host: '127.0.0.1', port: 18081 },
  tls: { use: 'none' },
};

const settingsWith = (change: Partial<Settings>): Settings => ({ ...defaultSettings(), ...change });

describe('work', () => {
  it('is nowhere until a pool is chosen', () => {
    expect(workOf(settingsWith({ wallet }))).toBeNull();
  });

  it('is no pool that pays to an address, while there is none', () => {
    expect(workOf(settingsWith({ pools: [pool, node] }))).toBeNull();
    expect(workOf(settingsWith({ pools: [pool, p2pool] }))).toMatchObject({
      pools: [{ login: 'me' }],
    });
  });

  it('is every pool in the order of the list', () => {
    expect(workOf(settingsWith({ wallet, pools: [node, pool, p2pool] }))).toEqual({
      kind: 'pools',
      pools: [
        {
          ...{ kind: 'daemon', host: '127.0.0.1', port: 18081, tls: { use: 'none' } },
          address: '4…',
        },
        {
          ...{ kind: 'stratum', host: 'a.example', port: 443, tls: { use: 'authority' } },
          ...{ login: '4…', password: 'x' },
        },
        {
          ...{ kind: 'stratum', host: 'a.example', port: 443, tls: { use: 'authority' } },
          ...{ login: 'me', password: 'x' },
        },
      ],
    });
  });

  it('has all that a node needs to be spoken to', () => {
    const spoken = {
      tls: { use: 'pinned', fingerprint: 'ab'.repeat(32) },
      rpcLogin: { user: 'me', password: 'secret' },
      ...{ zmqPort: 18083, path: '/node' },
    } as const;
    expect(workOf(settingsWith({ wallet, pools: [{ ...node, ...spoken }] }))).toEqual({
      kind: 'pools',
      pools: [{ kind: 'daemon', host: '127.0.0.1', port: 18081, ...spoken, address: '4…' }],
    });
  });

  it('is practice and nothing else, when that is chosen', () => {
    expect(workOf(settingsWith({ work: 'practice', wallet, pools: [pool] }))).toEqual({
      kind: 'practice',
    });
  });
});
