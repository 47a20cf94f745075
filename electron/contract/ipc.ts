import { z } from 'zod';
import { commandEnd, healthItem, keptForkRehearsal, pagesGain, selfTest } from './health.ts';
import {
  historyFormat,
  historyKind,
  historyOverview,
  historySpan,
  historyState,
  historyView,
} from './history.ts';
import { connection } from './connections.ts';
import { knownPoolId, poolLatency } from './knownPools.ts';
import { logEntry, logFolder } from './logLine.ts';
import { poolSettings, powerSettings, settings, tlsSettings } from './settings.ts';
import { ownFiles, updateReport } from './release.ts';
import type { Result } from './result.ts';
import { problemSchema } from './problem.ts';
import { snapshot, snapshotNews } from './snapshot.ts';
import { tariff } from './tariff.ts';
import { tuningState } from './tuning.ts';
import { keepableKind, uninstallPlan, uninstallReport } from './uninstall.ts';

/**
 * The contract between main process and renderer, in groups: each call with the shape of its input and output, each push
 * with its payload. Names are written here and nowhere else: types, channels and the preload are derived from them. The
 * main process checks senders, inputs, outputs and pushes against it (desktop/ipc/).
 */

const nothing = z.undefined();
const call = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out) => ({
  input,
  output,
});

/** What is known about a text meant to be a Monero address. */
export const addressReport = z.discriminatedUnion('valid', [
  z.object({
    valid: z.literal(true),
    /** The address itself, out of what was typed around it. */
    address: z.string(),
    kind: z.enum(['standard', 'subaddress', 'integrated']),
    /** Out of a payment link, of which nothing else is taken. */
    isFromLink: z.boolean(),
  }),
  z.object({ valid: z.literal(false), problem: problemSchema }),
]);
export type AddressReport = z.infer<typeof addressReport>;

/** Where a pool or a node is. */
export const place = z.object({
  /** IPv6 without brackets. */
  host: z.string(),
  port: z.number(),
  tls: z.boolean(),
  /** Of a node behind another server. */
  path: z.string().optional(),
});
export type Place = z.infer<typeof place>;

export const poolTestReport = z.discriminatedUnion('result', [
  /** The login was taken, and a job came that this app can mine. */
  z.object({
    result: z.literal('usable'),
    latencyMs: z.number(),
    warnings: z.array(problemSchema),
  }),
  z.object({
    result: z.enum(['notUsable', 'notReachable']),
    problem: problemSchema,
    /** The TLS with which it works, or would if the user trusted the certificate. */
    remedy: tlsSettings.nullable(),
  }),
]);
export type PoolTestReport = z.infer<typeof poolTestReport>;

export const systemReport = z.object({
  cpuModel: z.string(),
  logicalCpus: z.number(),
  recommendedThreads: z.object({ quiet: z.number(), balanced: z.number(), full: z.number() }),
  totalMemoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  /** False where it cannot be told on this machine; the rule is then shown as not available. */
  batteryKnown: z.boolean(),
  batteryChargeKnown: z.boolean(),
  idleKnown: z.boolean(),
  fullScreenKnown: z.boolean(),
  meteredKnown: z.boolean(),
  programsKnown: z.boolean(),
  temperatureKnown: z.boolean(),
  wattsKnown: z.boolean(),
  trayAvailable: z.boolean(),
});
export type SystemReport = z.infer<typeof systemReport>;

export const appInfo = z.object({
  version: z.string(),
  electron: z.string(),
  /** False for the older Electron of development and tests, which gets no security fixes. */
  electronIsSupported: z.boolean(),
  chrome: z.string(),
  node: z.string(),
  platform: z.string(),
  /** BCP 47, the preferred one first. */
  systemLanguages: z.array(z.string()),
  /** SHA-256 of the loaded native library, null when it could not be loaded. */
  librarySha256: z.string().nullable(),
  consentVersion: z.number(),
  settingsFolder: z.string(),
  /** Told once after a damaged settings file was set aside. */
  notice: problemSchema.nullable(),
});
export type AppInfo = z.infer<typeof appInfo>;

/** Full power is tried before it is written down, whichever way it was chosen. */
export const powerTrialState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  /** Nothing hashes yet: the time begins with Start. */
  z.object({ state: z.literal('waiting'), power: powerSettings }),
  /** Taken back in `remainingMs` unless it is kept. */
  z.object({ state: z.literal('running'), power: powerSettings, remainingMs: z.number() }),
]);
export type PowerTrialState = z.infer<typeof powerTrialState>;

/** Whether the HTTP API listens as the settings want it. */
export const apiState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('on'), port: z.number() }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
]);
export type ApiState = z.infer<typeof apiState>;

/** One line between app and pool, without address and session id. */
export const poolMessage = z.object({
  timeMs: z.number(),
  direction: z.enum(['sent', 'received']),
  text: z.string(),
});
export type PoolMessage = z.infer<typeof poolMessage>;

/** Another address stood in the settings file than the one confirmed in the app, which stays in use. Null: all is well. */
export const addressAlert = z
  .object({ confirmed: z.string().nullable(), found: z.string().nullable() })
  .nullable();
export type AddressAlert = z.infer<typeof addressAlert>;

/** Links are chosen by id; the addresses behind them are constants of the main process. */
export const linkId = z.enum([
  ...['getWallet', 'howMiningWorks', 'hugePages', 'source', 'releases', 'poolSizes'],
  ...knownPoolId.options,
] as const);

/** Everything in the window larger, smaller, or as it was. */
export const zoom = z.enum(['in', 'out', 'reset']);
export type Zoom = z.infer<typeof zoom>;

const { shape } = settings;

/**
 * What the renderer may change in one go, each section whole; consent and reset have calls of their own. The
 * sections are unwrapped: with its default, a section that a patch leaves out would be set back to it.
 */
export const settingsPatch = z
  .object({
    wallet: shape.wallet.unwrap(),
    work: shape.work.unwrap(),
    pools: shape.pools.unwrap(),
    askedPools: shape.askedPools.unwrap(),
    power: shape.power.unwrap(),
    rules: shape.rules.unwrap(),
    appearance: shape.appearance.unwrap(),
    window: shape.window.unwrap(),
    notifications: shape.notifications.unwrap(),
    money: shape.money.unwrap(),
    api: shape.api.unwrap(),
    updates: shape.updates.unwrap(),
    tuning: shape.tuning.unwrap(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const calls = {
  app: { info: call(nothing, appInfo) },
  snapshot: { get: call(nothing, snapshot) },
  mining: {
    start: call(nothing, nothing),
    stop: call(nothing, nothing),
    /** `minutes` null: until resumed. */
    pause: call(z.object({ minutes: z.number().int().min(1).max(1440).nullable() }), nothing),
    resume: call(nothing, nothing),
  },
  settings: {
    get: call(nothing, settings),
    giveConsent: call(z.object({ version: z.number().int() }), settings),
    update: call(settingsPatch, settings),
    reset: call(nothing, settings),
    addressAlert: call(nothing, addressAlert),
  },
  power: {
    trial: call(nothing, powerTrialState),
    /** Full power is chosen by `settings.update` as any other, and then tried. */
    keepFull: call(nothing, nothing),
    revertFull: call(nothing, nothing),
  },
  tuning: {
    get: call(nothing, tuningState),
    /** Measures this computer for about a minute; not while it mines. */
    begin: call(nothing, nothing),
    cancel: call(nothing, nothing),
  },
  wallet: {
    check: call(z.object({ text: z.string().max(1000) }), addressReport),
    /** The text of the QR code in a picture that the user chooses in the system's own dialog; null when he chooses none. */
    readPicture: call(nothing, z.string().max(1000).nullable()),
  },
  pool: {
    parse: call(
      z.object({ text: z.string().max(1000), kind: z.enum(['stratum', 'daemon']) }),
      place,
    ),
    test: call(z.object({ pool: poolSettings, address: z.string().max(200) }), poolTestReport),
    /** Connects to one of the pools offered by name, and leaves. */
    latency: call(z.object({ id: knownPoolId }), poolLatency),
    /** Somebody looks at what the pools say of the user: those that may be asked are, unless that was minutes ago. */
    lookAtAccounts: call(nothing, nothing),
  },
  money: {
    /** The prices of a table that the user chooses in the system's own dialog; null when he chooses none. */
    readTariff: call(nothing, tariff.nullable()),
  },
  system: {
    report: call(nothing, systemReport),
    /** Names of the programs that run now; empty where nothing tells. */
    programs: call(nothing, z.array(z.string())),
  },
  health: {
    run: call(nothing, z.array(healthItem)),
    /** Computes hashes that are published; takes some seconds and 256 MiB. */
    testEngine: call(nothing, selfTest),
    /** What huge pages bring; takes about half a minute and 5 GiB. Not while it mines. */
    measurePages: call(nothing, pagesGain),
    /** Mines over Monero's next fork on the practice pool, for about half a minute. Not while it mines. */
    rehearseFork: call(nothing, keptForkRehearsal),
    /** How it went last with this version on this computer; null when it was not rehearsed. */
    lastRehearsal: call(nothing, keptForkRehearsal.nullable()),
    /** Runs a command that `run` has given with `canRun`, through the system's own prompt. Answers when that is over. */
    runCommand: call(z.object({ command: z.string().max(200) }), commandEnd),
    /** A text report without the address, for pasting into an issue. */
    report: call(nothing, z.string()),
  },
  history: {
    view: call(z.object({ span: historySpan, kind: historyKind }), historyView),
    overview: call(z.object({ kind: historyKind }), historyOverview),
    state: call(nothing, historyState),
    /** Everything, into a file that the user chooses in the system's own dialog; null when he chooses none. */
    export: call(z.object({ format: historyFormat }), z.string().nullable()),
    deleteAll: call(nothing, nothing),
  },
  logs: {
    get: call(nothing, z.array(logEntry)),
    folder: call(nothing, logFolder),
    /** In the system's own file manager. */
    openFolder: call(nothing, nothing),
    /** What is kept, into a file that the user chooses in the system's own dialog; null when he chooses none. */
    export: call(nothing, z.string().nullable()),
  },
  /** The newest 200 messages, oldest first. */
  inspector: { get: call(nothing, z.array(poolMessage)) },
  api: { state: call(nothing, apiState) },
  release: {
    /** Waits for the question under way. */
    updates: call(nothing, updateReport),
    lookNow: call(nothing, updateReport),
    /** Fetches the newer version; answers when it is here, or what went wrong is known. */
    download: call(nothing, updateReport),
    /** What is here already stays, and the next download goes on from there. */
    stopDownload: call(nothing, nothing),
    /** Puts the newer version in place, or opens it; mining stops and the app quits. */
    install: call(nothing, nothing),
    /** Reads all of the app's files. */
    compareOwnFiles: call(nothing, ownFiles),
  },
  /** Every connection that the app opens or may open. */
  connections: { list: call(nothing, z.array(connection)) },
  uninstall: {
    /** What there is to remove; changes nothing. */
    plan: call(nothing, uninstallPlan),
    /** Stops mining and removes all of it but what is kept. The app can only be quit afterwards. */
    run: call(z.object({ keep: z.array(keepableKind) }), uninstallReport),
  },
  clipboard: { write: call(z.object({ text: z.string().max(100_000) }), nothing) },
  link: { open: call(z.object({ id: linkId }), nothing) },
  window: {
    closeChoice: call(
      z.object({ action: z.enum(['background', 'quit', 'cancel']), remember: z.boolean() }),
      nothing,
    ),
    zoom: call(z.object({ to: zoom }), nothing),
  },
} as const;

export const pushes = {
  /** For a window that has come back, or a page that knows nothing yet. */
  snapshot,
  /** What has changed since it was told last; once a second at most but for what happens, only while a window looks. */
  snapshotNews,
  settings,
  addressAlert,
  /** What this computer offers is another than before. */
  system: systemReport,
  log: logEntry,
  /** A trial of full power began or ended. */
  powerTrial: powerTrialState,
  /** A measurement went on or ended. */
  tuning: tuningState,
  /** The window's X was pressed and no choice is remembered. */
  closeAsked: z.object({ trayAvailable: z.boolean(), mining: z.boolean() }),
  /** The tray asks for a screen, or for the section of Settings where full power is confirmed. */
  navigate: z.object({ screen: z.enum(['dashboard', 'settings', 'power']) }),
} as const;

type Calls = typeof calls;
export type Group = keyof Calls;
export type CallName<G extends Group> = keyof Calls[G] & string;
type Shapes<G extends Group, N extends CallName<G>> = Extract<
  Calls[G][N],
  { input: z.ZodType; output: z.ZodType }
>;
export type CallInput<G extends Group, N extends CallName<G>> = z.output<Shapes<G, N>['input']>;
export type CallOutput<G extends Group, N extends CallName<G>> = z.output<Shapes<G, N>['output']>;
export type PushName = keyof typeof pushes;
export type PushPayload<N extends PushName> = z.output<(typeof pushes)[N]>;

/** A call answers with a value or with a problem; it never throws across the process boundary. */
type Call<In, Out> = (...input: undefined extends In ? [] : [In]) => Promise<Result<Out>>;

/** What the preload puts on `window.ibctminer`: `bridge.mining.stop()`, `bridge.on.snapshot(listener)`. */
export type Bridge = {
  readonly [G in Group]: {
    readonly [N in CallName<G>]: Call<z.input<Shapes<G, N>['input']>, CallOutput<G, N>>;
  };
} & {
  /** Returns the function that ends the subscription. */
  readonly on: {
    readonly [N in PushName]: (listener: (payload: PushPayload<N>) => void) => () => void;
  };
};

export const channelOf = (group: string, name: string): string => `${group}.${name}`;

/** The names alone, each call with its channel. The preload, whose sandbox has no schema library, gets them when it is built. */
export interface BridgeNames {
  readonly calls: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly pushes: readonly string[];
}
export const bridgeNames: BridgeNames = {
  calls: Object.fromEntries(
    Object.entries(calls).map(([group, names]) => [
      group,
      Object.fromEntries(Object.keys(names).map((name) => [name, channelOf(group, name)])),
    ]),
  ),
  pushes: Object.keys(pushes),
};
