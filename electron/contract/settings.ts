import { z } from 'zod';

/**
 * Everything the app remembers, as one versioned document. No wallet keys or seeds, ever.
 * A schema change that an old file does not satisfy gets a new version and a migration in settings/.
 */
export const SETTINGS_VERSION = 1;

/** Asked again when the text changes. */
export const CONSENT_VERSION = 1;

export const poolSettings = z.object({
  /** Stable identity inside this file. */
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  kind: z.enum(['stratum', 'daemon', 'practice']),
  host: z.string().max(253),
  port: z.number().int().min(0).max(65535),
  tls: z.boolean(),
  /** SHA-256 of the certificate trusted by the user, lower-case hex. */
  tlsFingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  password: z.string().max(255).default('x'),
  rigId: z.string().max(31).optional(),
  /** Sent as it is instead of the wallet address (P2Pool, xmrig-proxy). */
  login: z.string().max(512).optional(),
});
export type PoolSettings = z.infer<typeof poolSettings>;

export const powerProfile = z.enum(['quiet', 'balanced', 'full', 'custom']);
export type PowerProfile = z.infer<typeof powerProfile>;

export const settings = z.object({
  version: z.literal(SETTINGS_VERSION),
  consent: z.object({ version: z.number().int(), givenAtMs: z.number() }).nullable().default(null),
  /** The confirmed address; null until the wizard is through. */
  wallet: z
    .object({ address: z.string().min(1).max(200) })
    .nullable()
    .default(null),
  /** In failover order; the first is the primary. */
  pools: z.array(poolSettings).max(16).default([]),
  power: z
    .object({
      profile: powerProfile.default('balanced'),
      /** Hashing threads for `custom`. */
      threads: z.number().int().min(1).max(1024).nullable().default(null),
      mode: z.enum(['auto', 'fast', 'light']).default('auto'),
    })
    .prefault({}),
  rules: z
    .object({
      pauseOnBattery: z.boolean().default(true),
      onlyWhenIdle: z.boolean().default(false),
      idleAfterSeconds: z.number().int().min(10).max(3600).default(120),
      startAtLaunch: z.boolean().default(false),
      openAtLogin: z.boolean().default(false),
    })
    .prefault({}),
  appearance: z
    .object({
      theme: z.enum(['system', 'light', 'dark']).default('system'),
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
  notifications: z
    .object({
      rulePauses: z.boolean().default(true),
      poolDown: z.boolean().default(true),
      noShares: z.boolean().default(true),
      rejects: z.boolean().default(true),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;

/** What a fresh profile starts with. */
export function defaultSettings(): Settings {
  return settings.parse({ version: SETTINGS_VERSION });
}
