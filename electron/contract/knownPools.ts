/**
 * Places to mine at, offered by name. Only what the named source says on the named date; what a
 * pool may change from day to day, and what no source at hand tells, is null: the pool's own page
 * is the place to read it. Every choice goes through the connection test before it is kept.
 */

export interface PoolPort {
  readonly port: number;
  readonly tls: boolean;
}

export interface KnownPool {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** The port we recommend: encrypted wherever the pool offers it. */
  readonly port: number;
  readonly tls: boolean;
  /** All ports that are known, the recommended one first. */
  readonly ports: readonly PoolPort[];
  /** Where its servers are; `global` means that the name leads to a near one. */
  readonly region: 'global' | 'local';
  readonly website: string;
  /** Share of the reward that the pool keeps. */
  readonly feePercent: number | null;
  readonly minimumPayoutXmr: number | null;
  /** Where this was read. */
  readonly source: string;
  /** Date of that source, YYYY-MM-DD. */
  readonly asOf: string;
}

export const knownPools: readonly KnownPool[] = [
  pool({
    id: 'supportxmr',
    name: 'SupportXMR',
    host: 'pool.supportxmr.com',
    ports: [
      { port: 443, tls: true },
      { port: 3333, tls: false },
    ],
    website: 'https://supportxmr.com',
    source: 'public miner configurations in use',
    asOf: '2026-11-23',
  }),
  pool({
    id: 'hashvault',
    name: 'HashVault',
    host: 'pool.hashvault.pro',
    ports: [{ port: 443, tls: true }],
    website: 'https://monero.hashvault.pro',
    source: 'public miner configurations in use',
    asOf: '2026-11-23',
  }),
  pool({
    id: 'moneroocean',
    name: 'MoneroOcean',
    host: 'gulf.moneroocean.stream',
    ports: [
      { port: 20128, tls: true },
      { port: 443, tls: true },
      { port: 10128, tls: false },
      { port: 80, tls: false },
    ],
    website: 'https://moneroocean.stream',
    source: 'the help page in the pool’s own sources (MoneroOcean/mo-pool-ui)',
    asOf: '2026-11-23',
  }),
];

function pool(
  facts: Omit<
    KnownPool,
    'port' | 'tls' | 'region' | 'feePercent' | 'minimumPayoutXmr' | 'ports'
  > & {
    readonly ports: readonly [PoolPort, ...PoolPort[]];
  },
): KnownPool {
  return {
    ...facts,
    ...facts.ports[0],
    region: 'global',
    feePercent: null,
    minimumPayoutXmr: null,
  };
}

/** Software of one's own to mine at, first-class beside the pools. */
export interface OwnSource extends Omit<KnownPool, 'ports' | 'website'> {
  readonly kind: 'stratum' | 'daemon';
  /** `wallet`: the miner names the address. `login`: any name does, the address was told elsewhere. */
  readonly needs: 'wallet' | 'login';
  /** The login where none is written. */
  readonly login: string | null;
  /** What the user must have and do, in a sentence. */
  readonly requirement: string;
}

export const ownSources: readonly OwnSource[] = [
  {
    id: 'p2pool',
    name: 'P2Pool',
    kind: 'stratum',
    host: '127.0.0.1',
    port: 3333,
    tls: false,
    region: 'local',
    needs: 'login',
    login: 'x',
    requirement:
      'Run monerod and P2Pool; P2Pool knows your address. A login like x+10000 asks it for a fixed difficulty.',
    feePercent: 0,
    minimumPayoutXmr: 0.00027,
    source: 'README of SChernykh/p2pool',
    asOf: '2026-08-13',
  },
  {
    id: 'xmrig-proxy',
    name: 'xmrig-proxy',
    kind: 'stratum',
    host: '127.0.0.1',
    port: 3333,
    tls: false,
    region: 'local',
    needs: 'login',
    login: 'x',
    requirement:
      'Run xmrig-proxy, which knows your pool and address. The login is only a name for this computer.',
    feePercent: null,
    minimumPayoutXmr: null,
    source: 'the configuration that xmrig-proxy comes with',
    asOf: '2026-11-23',
  },
  {
    id: 'solo',
    name: 'Solo on your own node',
    kind: 'daemon',
    host: '127.0.0.1',
    port: 18081,
    tls: false,
    region: 'local',
    needs: 'wallet',
    login: null,
    requirement:
      'Run a synchronised monerod. The address must be a main one (it begins with 4). A home computer seldom finds a block.',
    feePercent: 0,
    minimumPayoutXmr: 0.6,
    source: 'README of SChernykh/p2pool; the reward of a whole block',
    asOf: '2026-08-13',
  },
];
