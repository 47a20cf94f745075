import type {
  AddressReport,
  ApiState,
  AppInfo,
  CallInput,
  HealthItem,
  IpcResult,
  PoolTestReport,
  SystemReport,
} from '../../contract/ipc.ts';
import type { Inspector } from '../../core/work/stratum/inspector.ts';
import { valueOf, type CallHandlers } from './calls.ts';
import type { Desktop } from './desktop.ts';
import type { LogRing } from './logRing.ts';

/** What the calls need besides the desktop: the rooms that test and describe, and a few things only a shell can do. */
export interface HandlerParts {
  readonly desktop: Desktop;
  readonly log: LogRing;
  readonly inspector: Pick<Inspector, 'messages'>;
  readonly apiState: () => Promise<ApiState>;
  readonly appInfo: () => AppInfo;
  readonly checkAddress: (text: string) => AddressReport;
  readonly parsePool: (text: string) => IpcResult<{ host: string; port: number; tls: boolean }>;
  readonly testPool: (input: Parameters<CallHandlers['pool.test']>[0]) => Promise<PoolTestReport>;
  readonly systemReport: () => SystemReport;
  readonly runHealth: () => Promise<HealthItem[]>;
  /** A text without addresses. */
  readonly healthReport: () => Promise<string>;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly openLink: (id: CallInput<'link.open'>['id']) => Promise<void>;
  readonly answerClose: (answer: CallInput<'window.closeChoice'>) => void;
}

const done = valueOf(undefined);

/** What each call of the contract does. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  const { desktop, log } = parts;
  return {
    'app.info': () => valueOf(parts.appInfo()),
    'snapshot.get': () => valueOf(desktop.snapshot()),
    'mining.start': () => desktop.start(),
    'mining.stop': async () => {
      await desktop.stop();
      return done;
    },
    'mining.pause': ({ minutes }) => {
      desktop.pause(minutes);
      return done;
    },
    'mining.resume': () => {
      desktop.resume();
      return done;
    },
    'settings.get': () => valueOf(desktop.settings),
    'settings.giveConsent': ({ version }) => desktop.giveConsent(version),
    'settings.update': (patch) => desktop.update(patch),
    'settings.reset': () => desktop.reset(),
    'power.trial': () => valueOf(desktop.powerTrial),
    'power.tryFull': () => {
      desktop.tryFullPower();
      return done;
    },
    'power.keepFull': () => desktop.keepFullPower(),
    'power.revertFull': () => {
      desktop.revertFullPower();
      return done;
    },
    'tuning.get': () => valueOf(desktop.tuning),
    'tuning.begin': () => desktop.beginTuning(),
    'tuning.cancel': async () => {
      await desktop.cancelTuning();
      return done;
    },
    'wallet.check': ({ text }) => valueOf(parts.checkAddress(text)),
    'pool.parse': ({ text }) => parts.parsePool(text),
    'pool.test': async (input) => valueOf(await parts.testPool(input)),
    'system.report': () => valueOf(parts.systemReport()),
    'health.run': async () => valueOf(await parts.runHealth()),
    'health.report': async () => valueOf(await parts.healthReport()),
    'logs.get': () => valueOf([...log.entries]),
    'inspector.get': () => valueOf([...parts.inspector.messages()]),
    'api.state': async () => valueOf(await parts.apiState()),
    'clipboard.write': async ({ text }) => {
      await parts.writeClipboard(text);
      return done;
    },
    'link.open': async ({ id }) => {
      await parts.openLink(id);
      return done;
    },
    'window.closeChoice': (answer) => {
      parts.answerClose(answer);
      return done;
    },
  };
}
