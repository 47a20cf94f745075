import { z } from 'zod';
import { en } from './text/en.ts';
import { keysOf } from './text/phrase.ts';

/**
 * Places to mine at, offered by name. Only what the named source said on the named date; what a
 * pool may change from day to day, and what no source at hand tells, is null: the pool's own page
 * is the place to read it. Every choice goes through the connection test before it is kept.
 */

export const knownPoolId = z.enum([
  'supportxmr',
  'hashvault',
  'moneroocean',
  'xmrpool-eu',
  'monerohash',
]);
export type KnownPoolId = z.infer<typeof knownPoolId>;

export interface PoolPort {
  readonly port: number;
  readonly tls: boolean;
}

export interface KnownPool {
  readonly id: KnownPoolId;
  readonly name: string;
  readonly host: string;
  /** The port we recommend: encrypted wherever the pool offers it. */
  readonly port: number;
  readonly tls: boolean;
  /** All ports that are known, the recommended one first. */
  readonly ports: readonly PoolPort[];
  /** Where its servers are; `global` means that the name leads to a near one. */
  readonly region: keyof typeof en.pool.regions;
  readonly website: string;
  /** Share of the reward that the pool keeps. */
  readonly feePercent: number | null;
  readonly minimumPayoutXmr: number | null;
  readonly source: keyof typeof en.pool.sources;
  /** When this was read, YYYY-MM-DD. */
  readonly asOf: string;
}

export const knownPools: readonly KnownPool[] = [
  // Ports: the help page in the pool's own sources (M5M400/poolui). Fee: three public lists of pools that agree.
  pool({
    id: 'supportxmr',
    name: 'SupportXMR',
    host: 'pool.supportxmr.com',
    ports: [
      { port: 443, tls: true },
      { port: 9000, tls: true },
      { port: 3333, tls: false },
      { port: 5555, tls: false },
      { port: 7777, tls: false },
    ],
    region: 'global',
    website: 'https://supportxmr.com',
    feePercent: 0.6,
    source: 'lists',
    asOf: '2026-11-27',
  }),
  // From public miner configurations in use.
  pool({
    id: 'hashvault',
    name: 'HashVault',
    host: 'pool.hashvault.pro',
    ports: [{ port: 443, tls: true }],
    region: 'global',
    website: 'https://monero.hashvault.pro',
    source: 'configurations',
    asOf: '2026-11-27',
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
    region: 'global',
    website: 'https://moneroocean.stream',
    source: 'pool',
    asOf: '2026-11-27',
  }),
  // From public miner configurations in use.
  pool({
    id: 'xmrpool-eu',
    name: 'xmrpool.eu',
    host: 'xmrpool.eu',
    ports: [
      { port: 9999, tls: true },
      { port: 3333, tls: false },
    ],
    region: 'europe',
    website: 'https://web.xmrpool.eu',
    source: 'configurations',
    asOf: '2026-11-27',
  }),
  pool({
    id: 'monerohash',
    name: 'MoneroHash',
    host: 'monerohash.com',
    ports: [
      { port: 9999, tls: true },
      { port: 3333, tls: false },
    ],
    region: 'unknown',
    website: 'https://monerohash.com',
    source: 'configurations',
    asOf: '2026-11-27',
  }),
];

function pool(
  facts: Omit<KnownPool, 'port' | 'tls' | 'feePercent' | 'minimumPayoutXmr' | 'ports'> & {
    readonly feePercent?: number;
    readonly ports: readonly [PoolPort, ...PoolPort[]];
  },
): KnownPool {
  return { feePercent: null, minimumPayoutXmr: null, ...facts, ...facts.ports[0] };
}

/** What a connection to a known pool, opened and closed again, showed. */
export const poolLatency = z.discriminatedUnion('result', [
  /** `roundTripMs`: from the first packet to the pool's answer. */
  z.object({ result: z.literal('reached'), roundTripMs: z.number() }),
  z.object({ result: z.enum(keysOf(en.pool.latencies)) }),
]);
export type PoolLatency = z.infer<typeof poolLatency>;

/** Software of one's own to mine at, first-class beside the pools. */
export interface OwnSource {
  readonly id: 'p2pool' | 'xmrig-proxy' | 'solo';
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly kind: 'stratum' | 'daemon';
  /** `wallet`: the miner names the address. `login`: any name does, the address was told elsewhere. */
  readonly needs: 'wallet' | 'login';
  /** The login where none is written. */
  readonly login: string | null;
  readonly feePercent: number | null;
  readonly minimumPayoutXmr: number | null;
  /** When this was read, YYYY-MM-DD. */
  readonly asOf: string;
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
    needs: 'wallet',
    login: null,
    feePercent: 0,
    minimumPayoutXmr: 0.6,
    asOf: '2026-08-13',
  },
];
