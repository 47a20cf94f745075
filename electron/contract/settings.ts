import { z } from 'zod';
import { knownPoolId } from './knownPools.ts';
import { week, weeks } from './schedule.ts';
import { tariff } from './tariff.ts';
import { languages } from './text/catalogues.ts';

/**
 * Everything the app remembers, as one versioned document. No wallet keys or seeds, ever.
 * A schema change that an old file does not satisfy gets a new version and a migration in core/settings/.
 */
export const SETTINGS_VERSION = 2;

/** Asked again when the text changes. */
export const CONSENT_VERSION = 1;

/** How a pool or a node is reached; `pinned`: only with the certificate of this SHA-256, lower-case hex. */
export const tlsSettings = z.discriminatedUnion('use', [
  z.object({ use: z.literal('none') }),
  z.object({ use: z.literal('authority') }),
  z.object({ use: z.literal('pinned'), fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type TlsSettings = z.infer<typeof tlsSettings>;

/** What a pool knows the miner by: the wallet address, or a text that is sent as it is (P2Pool, proxies). */
export const loginSettings = z.discriminatedUnion('use', [
  z.object({ use: z.literal('wallet') }),
  z.object({ use: z.literal('text'), text: z.string().min(1).max(512) }),
]);
export type LoginSettings = z.infer<typeof loginSettings>;

const place = {
  /** Stable identity inside this file. */
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Name or address; IPv6 without brackets. */
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  tls: tlsSettings,
  /** The SOCKS5 proxy that it is reached through, which also looks its name up: Tor, say. */
  socks5: z
    .object({ host: z.string().min(1).max(253), port: z.number().int().min(1).max(65535) })
    .optional(),
};

/** A pool, a P2Pool or a proxy. */
export const stratumSettings = z.object({
  ...place,
  kind: z.literal('stratum'),
  login: loginSettings.default({ use: 'wallet' }),
  password: z.string().max(255).default('x'),
  rigId: z.string().min(1).max(31).optional(),
});
export type StratumSettings = z.infer<typeof stratumSettings>;

/** A monerod of one's own; the wallet address gets the block rewards. */
export const daemonSettings = z.object({
  ...place,
  kind: z.literal('daemon'),
  /** monerod's --rpc-login. */
  rpcLogin: z
    .object({ user: z.string().min(1).max(255), password: z.string().max(255) })
    .optional(),
  /** Port of monerod's --zmq-pub: new blocks are then heard of at once. */
  zmqPort: z.number().int().min(1).max(65535).optional(),
  /** Before the node's own paths, where it stands behind another server: `/node`. */
  path: z
    .string()
    .regex(/^(\/[^\s/?#]+)+$/)
    .max(255)
    .optional(),
});
export type DaemonSettings = z.infer<typeof daemonSettings>;

export const poolSettings = z.discriminatedUnion('kind', [stratumSettings, daemonSettings]);
export type PoolSettings = z.infer<typeof poolSettings>;

/** A figure that the user typed, and when. */
const typed = (value: z.ZodNumber) =>
  z.object({ value, atMs: z.number() }).nullable().default(null);

/** Which memory RandomX gets; `auto`: the fast 2.3 GiB where they are free. */
const memoryMode = z.enum(['auto', 'fast', 'light']).default('auto');
export const powerSettings = z.discriminatedUnion('profile', [
  z.object({ profile: z.enum(['quiet', 'balanced', 'full']), mode: memoryMode }),
  /** So many hashing threads. */
  z.object({
    profile: z.literal('custom'),
    threads: z.number().int().min(1).max(1024),
    mode: memoryMode,
  }),
]);
export type PowerSettings = z.infer<typeof powerSettings>;
export type PowerProfile = PowerSettings['profile'];
/** Those with a name, whose threads depend on the computer. */
export type NamedProfile = Exclude<PowerProfile, 'custom'>;

export const settings = z.object({
  version: z.literal(SETTINGS_VERSION),
  consent: z.object({ version: z.number().int(), givenAtMs: z.number() }).nullable().default(null),
  /** The user's Stop lasts until the next Start, over a restart too. */
  stoppedByUser: z.boolean().default(false),
  /** The confirmed address; null until the wizard is through, and for those who only practise. */
  wallet: z
    .object({ address: z.string().min(1).max(200) })
    .nullable()
    .default(null),
  /** Mining at `pools`, or practising inside this app, which earns nothing. */
  work: z.enum(['pools', 'practice']).default('pools'),
  /** In the order of preference: the first that works is mined at. */
  pools: z.array(poolSettings).max(16).default([]),
  /** Known pools whose web API is asked what they owe this address. */
  askedPools: z.array(knownPoolId).max(16).default([]),
  power: powerSettings.prefault({ profile: 'balanced' }),
  rules: z
    .object({
      pauseOnBattery: z.boolean().default(true),
      /** Of charge: on battery, mining pauses below that only. */
      batteryBelowPercent: z.number().int().min(5).max(100).default(100),
      onlyWhenIdle: z.boolean().default(false),
      idleAfterSeconds: z.number().int().min(10).max(3600).default(120),
      pauseOnFullScreen: z.boolean().default(false),
      pauseOnMetered: z.boolean().default(false),
      heat: z
        .object({
          enabled: z.boolean().default(false),
          /** What the CPU is to stay below, °C. */
          maxCelsius: z.number().int().min(50).max(95).default(80),
        })
        .prefault({}),
      watts: z
        .object({
          enabled: z.boolean().default(false),
          /** What all processors together are to stay below. */
          maxWatts: z.number().int().min(5).max(2000).default(45),
        })
        .prefault({}),
      /** Names of programs; mining pauses while one of them runs. */
      listedPrograms: z.array(z.string().trim().min(1).max(64)).max(32).default([]),
      schedule: z
        .object({
          enabled: z.boolean().default(false),
          week: week.default(weeks.nights),
          /** Of the hours of each day, those with the lowest price of electricity only (money.tariffPerKwh). */
          cheapest: z
            .object({
              enabled: z.boolean().default(false),
              hours: z.number().int().min(1).max(23).default(3),
            })
            .prefault({}),
        })
        .prefault({}),
      startAtLaunch: z.boolean().default(false),
      openAtLogin: z.boolean().default(false),
    })
    .prefault({}),
  /** Other ways of hashing are tried while mining. */
  tuning: z.object({ whileMining: z.boolean().default(true) }).prefault({}),
  appearance: z
    .object({
      theme: z.enum(['system', 'light', 'dark']).default('system'),
      language: z.enum(['system', ...languages]).default('system'),
      /** The dashboard still explains its figures. */
      tour: z.boolean().default(true),
    })
    .prefault({}),
  window: z
    .object({
      /** What the window's X does; `ask` until the user chose. */
      close: z.enum(['ask', 'background', 'quit']).default('ask'),
      hideNoticeShown: z.boolean().default(false),
    })
    .prefault({}),
  /** The read-only HTTP API on loopback. */
  api: z
    .object({
      enabled: z.boolean().default(false),
      port: z.number().int().min(1024).max(65535).default(8484),
      /** Made up by the app when the API is first switched on. */
      token: z.string().max(200).default(''),
    })
    .prefault({}),
  /** Asking the publisher for newer versions. */
  updates: z.object({ look: z.boolean().default(false) }).prefault({}),
  /** What the estimate of earnings and cost is made of, as far as nothing tells it; dated when it is typed. */
  money: z
    .object({
      /** ISO 4217, of all prices. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('USD'),
      pricePerXmr: typed(z.number().positive().max(1e9)),
      /** Below 0 where power is paid for taking it. */
      tariffPerKwh: tariff.extend({ atMs: z.number() }).nullable().default(null),
      /** What mining adds, by a meter. */
      wattsAtWall: typed(z.number().positive().max(100_000)),
      network: z
        .object({
          difficulty: z.number().min(1).max(1e18),
          /** Of a block, fees included. */
          rewardXmr: z.number().positive().max(1e6),
          atMs: z.number(),
        })
        .nullable()
        .default(null),
      /** That P2Pool writes its figures to (--data-api). */
      p2poolFolder: z.string().min(1).max(1024).nullable().default(null),
    })
    .prefault({}),
  notifications: z
    .object({
      rulePauses: z.boolean().default(true),
      poolDown: z.boolean().default(true),
      noShares: z.boolean().default(true),
      rejects: z.boolean().default(true),
      /** Mining has ended because of a problem. */
      failures: z.boolean().default(true),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;

/** What a fresh profile starts with. */
export function defaultSettings(): Settings {
  return settings.parse({ version: SETTINGS_VERSION });
}
