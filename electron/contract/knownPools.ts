import { z } from 'zod';
import type { TlsSettings } from './settings.ts';
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

/** How a pool's web API speaks: by the software that the pool runs, or its own way. */
export type PoolApiKind = 'nodejsPool' | 'cryptonotePool' | 'hashvault';

/** Where a pool tells what it owes whom: by HTTPS, asked with the wallet address. */
export interface PoolApi {
  readonly kind: PoolApiKind;
  readonly host: string;
  readonly port: number;
  /** Before the API's own paths, without a slash at the end. */
  readonly path: string;
  readonly tls: Exclude<TlsSettings, { use: 'none' }>;
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
  /** Its servers for single regions are below this name. */
  readonly domain: string;
  /** From the pool's own sources, or public programs that ask it. */
  readonly api: PoolApi;
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
    domain: 'supportxmr.com',
    api: api('nodejsPool', 'supportxmr.com', 443, '/api'),
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
    domain: 'hashvault.pro',
    api: api('hashvault', 'api.hashvault.pro', 443, '/v3/monero'),
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
    domain: 'moneroocean.stream',
    api: api('nodejsPool', 'api.moneroocean.stream', 443, ''),
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
    domain: 'xmrpool.eu',
    api: api('cryptonotePool', 'web.xmrpool.eu', 8119, ''),
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
    domain: 'monerohash.com',
    api: api('cryptonotePool', 'monerohash.com', 443, '/api'),
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

function api(kind: PoolApiKind, host: string, port: number, path: string): PoolApi {
  return { kind, host, port, path, tls: { use: 'authority' } };
}

function pool(
  facts: Omit<KnownPool, 'port' | 'tls' | 'feePercent' | 'minimumPayoutXmr' | 'ports'> & {
    readonly feePercent?: number;
    readonly ports: readonly [PoolPort, ...PoolPort[]];
  },
): KnownPool {
  return { feePercent: null, minimumPayoutXmr: null, ...facts, ...facts.ports[0] };
}

/** Of the pools offered by name the one that a server belongs to. */
export function knownPoolAt(host: string, pools: readonly KnownPool[]): KnownPool | undefined {
  return pools.find(
    (known) => host === known.host || host === known.domain || host.endsWith(`.${known.domain}`),
  );
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
