/**
 * Places to mine at, offered by name. Only what the named source said on the named date; what a
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
  /** When this was read, YYYY-MM-DD. */
  readonly asOf: string;
}

export const knownPools: readonly KnownPool[] = [
  // From public miner configurations in use.
  pool({
    id: 'supportxmr',
    name: 'SupportXMR',
    host: 'pool.supportxmr.com',
    ports: [
      { port: 443, tls: true },
      { port: 3333, tls: false },
    ],
    website: 'https://supportxmr.com',
    asOf: '2026-11-23',
  }),
  pool({
    id: 'hashvault',
    name: 'HashVault',
    host: 'pool.hashvault.pro',
    ports: [{ port: 443, tls: true }],
    website: 'https://monero.hashvault.pro',
    asOf: '2026-11-23',
  }),
  // From the help page in the pool's own sources (MoneroOcean/mo-pool-ui).
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
}

export const ownSources: readonly OwnSource[] = [
  // From the README of SChernykh/p2pool.
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
    feePercent: 0,
    minimumPayoutXmr: 0.00027,
    asOf: '2026-08-13',
  },
  // From the configuration that xmrig-proxy comes with.
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
    feePercent: null,
    minimumPayoutXmr: null,
    asOf: '2026-11-23',
  },
  // From the README of SChernykh/p2pool; the least that is paid out is the reward of a whole block.
  {
    id: 'solo',
    name: 'monerod',
    kind: 'daemon',
    host: '127.0.0.1',
    port: 18081,
    tls: false,
    region: 'local',
    needs: 'wallet',
    login: null,
    feePercent: 0,
    minimumPayoutXmr: 0.6,
    asOf: '2026-08-13',
  },
];
