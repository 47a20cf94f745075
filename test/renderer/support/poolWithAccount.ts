import { join } from 'node:path';
import { knownPools, type KnownPool } from '../../../electron/contract/knownPools.ts';
import { HistoryStore } from '../../../electron/core/history/store.ts';
import { Readings } from '../../../electron/core/poolAccounts/readings.ts';
import { minuteAt } from '../../support/historyRecord.ts';
import { nodejsPoolAnswers, PoolApiServer } from '../../support/poolApi.ts';
import { FriendlyPool } from './friendlyPool.ts';
import { GOOD_ADDRESS, poolAt, type RealApp } from './realApp.ts';

const MINUTE_MS = 60_000;

/** Hours of mining at this pool, of which it credited a part; from now on, it says so. */
export function minedAtPool(
  { folder, clock }: Pick<RealApp, 'folder' | 'clock'>,
  { settings, api }: Pick<Awaited<ReturnType<typeof poolWithAccount>>, 'settings' | 'api'>,
  { hours, creditedShare }: { readonly hours: number; readonly creditedShare: number },
): void {
  const fromMs = clock.wallMs() - hours * 60 * MINUTE_MS;
  const { host, port } = settings;
  const records = Array.from({ length: hours * 60 }, (_, minute) =>
    minuteAt(fromMs + minute * MINUTE_MS, {
      source: { kind: 'stratum', host, port, tls: false },
      acceptedDifficulty: 288_000,
    }),
  );
  new HistoryStore(folder, () => undefined).append(records);
  new Readings(join(folder, 'pool-credits.json')).note('supportxmr', GOOD_ADDRESS, {
    ...{ atMs: fromMs, creditedHashes: 48_000_000 },
  });
  const [path = ''] = Object.keys(nodejsPoolAnswers);
  const totalHashes = 48_000_000 + Math.round(hours * 60 * 288_000 * creditedShare);
  api.answers = {
    ...nodejsPoolAnswers,
    [path]: { ...(nodejsPoolAnswers[path] as object), totalHashes },
  };
}

/** SupportXMR on this computer, with its web API. */
export async function poolWithAccount() {
  const pool = await FriendlyPool.listen();
  const api = await PoolApiServer.listen();
  const [first] = knownPools;
  if (first === undefined) throw new Error('No pool is known.');
  const known: KnownPool = { ...first, host: '127.0.0.1', port: pool.port, api: api.api() };
  return {
    ...{ pool, api, knownPools: [known] },
    settings: poolAt(pool.port, { name: 'SupportXMR' }),
    close: async () => {
      await Promise.all([pool.close(), api.close()]);
    },
  };
}
