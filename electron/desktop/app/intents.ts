import type { KnownPool } from '../../contract/knownPools.ts';
import type { Settings } from '../../contract/settings.ts';
import { API_HOST } from '../../core/api/server.ts';
import type { Publisher } from '../../core/release/lookForRelease.ts';
import type { Intent, Intents } from '../../core/system/connections.ts';
import { PRACTICE_HOST } from '../../core/work/practice/server.ts';
import { accountPools } from './accountPools.ts';

export interface IntentParts {
  readonly settings: Settings;
  readonly isMining: boolean;
  readonly publisher: Publisher;
  readonly knownPools: readonly KnownPool[];
}

/** What the app may connect to as its settings are. */
export function intentsOf({ settings, isMining, publisher, knownPools }: IntentParts): Intents {
  const mines = (work: Settings['work']) => isMining && settings.work === work;
  return {
    pool: pools(settings, 'stratum', ({ port }) => port, mines('pools')),
    node: pools(settings, 'daemon', ({ port }) => port, mines('pools')),
    nodeNews: pools(settings, 'daemon', ({ zmqPort }) => zmqPort, mines('pools')),
    latency: knownPools.map(({ host, port }) => ({ host, port, isOn: false })),
    account: accountPools(settings, knownPools).map(({ api, socks5, isAsked: isOn }) => {
      const { host, port } = socks5 ?? api;
      return { host, port, isOn };
    }),
    practice: [{ host: PRACTICE_HOST, port: null, isOn: mines('practice') }],
    updates: [
      {
        ...placeOf(new URL(publisher.address)),
        isOn: settings.updates.look && publisher.keys.length > 0,
      },
    ],
    api: [{ host: API_HOST, port: settings.api.port, isOn: settings.api.enabled }],
  };
}

type Pool = Settings['pools'][number];

function pools<K extends Pool['kind']>(
  settings: Settings,
  kind: K,
  portOf: (pool: Extract<Pool, { kind: K }>) => number | undefined,
  isOn: boolean,
): Intent[] {
  return settings.pools.flatMap((pool) => {
    if (pool.kind !== kind) return [];
    const port = portOf(pool as Extract<Pool, { kind: K }>);
    return port === undefined ? [] : [{ ...(pool.socks5 ?? { host: pool.host, port }), isOn }];
  });
}

/** As URL has it, where https has no port written. */
export function placeOf({ hostname, port, protocol }: URL): { host: string; port: number } {
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname, port: port === '' ? usual : Number(port) };
}
