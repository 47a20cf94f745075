import type { Snapshot } from '../../contract/snapshot.ts';
import { hugePageBytes, type ApiFacts } from './summary.ts';

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The snapshot in Prometheus' text exposition format 0.0.4. Unknown values are left out, never shown as 0. */
export function metrics(snapshot: Snapshot, facts: ApiFacts): string {
  const { rates, shares, pool, job, session, threads, engine } = snapshot;
  return [
    family('ibctminer_info', 'gauge', 'Version of the miner.', [
      { labels: { version: facts.version, worker_id: facts.workerId }, value: 1 },
    ]),
    family('ibctminer_state', 'gauge', 'The state that is shown, as a label.', [
      { labels: { state: session.state }, value: 1 },
    ]),
    family('ibctminer_hashing', 'gauge', '1 while hashes are made.', [
      { value: snapshot.activity === 'hashing' ? 1 : 0 },
    ]),
    family('ibctminer_hashes_total', 'counter', 'Hashes finished.', [{ value: snapshot.hashes }]),
    family('ibctminer_hashrate', 'gauge', 'Hashes per second over a sliding window.', [
      ...known(rates.h10s, { window: '10s' }),
      ...known(rates.h60s, { window: '60s' }),
      ...known(rates.h15m, { window: '15m' }),
    ]),
    family(
      'ibctminer_thread_hashrate',
      'gauge',
      'Hashes per second of one thread over 10 s.',
      threads.flatMap(({ cpu, hashesPerSecond }) => known(hashesPerSecond, { cpu: String(cpu) })),
    ),
    family('ibctminer_shares_total', 'counter', 'Shares by what became of them.', [
      { labels: { outcome: 'accepted' }, value: shares.accepted },
      { labels: { outcome: 'rejected' }, value: shares.rejected },
      { labels: { outcome: 'stale' }, value: shares.stale },
    ]),
    family(
      'ibctminer_difficulty',
      'gauge',
      'Difficulty of the current job.',
      known(job?.difficulty),
    ),
    family('ibctminer_pool_connected', 'gauge', '1 while logged in to the pool.', [
      { value: pool?.link === 'loggedIn' ? 1 : 0 },
    ]),
    family('ibctminer_pool_ping_ms', 'gauge', 'Time of the last answer.', known(pool?.pingMs)),
    family(
      'ibctminer_dataset_progress',
      'gauge',
      'Share of the dataset that is built, 0 to 1.',
      known(engine?.datasetProgress),
    ),
    family('ibctminer_huge_page_bytes', 'gauge', 'Memory on huge pages.', [
      { value: hugePageBytes(snapshot) },
    ]),
  ].join('');
}

function family(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly Sample[],
): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => `${name}${format(labels)} ${String(value)}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function format(labels: Sample['labels']): string {
  if (labels === undefined) return '';
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return `{${pairs.join(',')}}`;
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function known(value: number | null | undefined, labels?: Sample['labels']): Sample[] {
  if (value == null) return [];
  return [labels === undefined ? { value } : { labels, value }];
}
