import type { Snapshot } from '../../contract/snapshot.ts';

/** What the API tells about the machine and the program, beside the snapshot. */
export interface ApiFacts {
  /** Stable for one running miner, 16 hex digits. */
  readonly id: string;
  readonly workerId: string;
  readonly version: string;
  /** Of the program. */
  readonly uptimeMs: number;
  readonly cpuModel: string;
  /** As XMRig names it. */
  readonly architecture: 'x86_64' | 'arm64';
  readonly logicalCpus: number;
  readonly cores: number;
  readonly packages: number;
  readonly numaNodes: number;
  /** Of the whole machine. */
  readonly l2Bytes: number;
  readonly l3Bytes: number;
  readonly aes: boolean;
  readonly avx2: boolean;
  readonly memory: {
    readonly freeBytes: number;
    readonly totalBytes: number;
    readonly residentBytes: number;
  };
  readonly loadAverage: readonly number[];
  /** The highest 10 s rate so far; null before the first. */
  readonly highestHashesPerSecond: number | null;
}

/**
 * The members that dashboards and exporters read from XMRig's `/1/summary` and `/2/summary`, with their names, units and
 * types there (times in s or ms as named, rates in H/s, null while unknown). Version 1 adds rates by thread and error logs.
 */
export function summarize(snapshot: Snapshot, facts: ApiFacts, version: 1 | 2): object {
  const { pool, job, shares } = snapshot;
  const uptimeMs = pool?.connectedForMs ?? 0;
  const errorLog = version === 1 ? { error_log: [] } : {};
  // As in XMRig: how long the present connection takes for one accepted share.
  const perShareMs =
    pool === null || pool.acceptedHere === 0 ? 0 : Math.round(uptimeMs / pool.acceptedHere);
  const times = { avg_time: Math.floor(perShareMs / 1000), avg_time_ms: perShareMs };
  const answeredMs = shares.recent.flatMap((share) =>
    share.outcome === 'accepted' ? (share.roundTripMs ?? []) : [],
  );
  return {
    id: facts.id,
    worker_id: facts.workerId,
    uptime: Math.floor(facts.uptimeMs / 1000),
    restricted: true,
    resources: {
      memory: {
        free: facts.memory.freeBytes,
        total: facts.memory.totalBytes,
        resident_set_memory: facts.memory.residentBytes,
      },
      load_average: facts.loadAverage,
      hardware_concurrency: facts.logicalCpus,
    },
    features: ['api', 'http', 'tls'],
    results: {
      diff_current: job?.difficulty ?? 0,
      shares_good: shares.accepted,
      shares_total: shares.accepted + shares.rejected,
      ...times,
      hashes_total: shares.acceptedDifficulty,
      best: [shares.bestDifficulty],
      ...errorLog,
    },
    algo: job?.algorithm ?? null,
    connection: {
      pool: pool === null ? '' : `${pool.host}:${String(pool.port)}`,
      ip: null,
      uptime: Math.floor(uptimeMs / 1000),
      uptime_ms: uptimeMs,
      ping: Math.min(MAX_PING_MS, Math.round(median(answeredMs))),
      failures: pool?.failures ?? 0,
      tls: pool?.tls === true ? 'TLS' : null,
      'tls-fingerprint': pool?.tlsFingerprint ?? null,
      algo: job?.algorithm ?? null,
      diff: job?.difficulty ?? 0,
      accepted: shares.accepted,
      rejected: shares.rejected,
      ...times,
      hashes_total: shares.acceptedDifficulty,
      ...errorLog,
    },
    version: facts.version,
    kind: 'miner',
    ua: `Ibctminer/${facts.version}`,
    cpu: {
      brand: facts.cpuModel,
      aes: facts.aes,
      avx2: facts.avx2,
      x64: facts.architecture === 'x86_64',
      '64_bit': true,
      l2: facts.l2Bytes,
      l3: facts.l3Bytes,
      cores: facts.cores,
      threads: facts.logicalCpus,
      packages: facts.packages,
      nodes: facts.numaNodes,
      arch: facts.architecture,
    },
    donate_level: 0,
    paused: snapshot.session.state === 'paused',
    algorithms: ['rx/0', 'rx/2', 'cn/1'],
    hashrate: {
      total: [snapshot.rates.h10s, snapshot.rates.h60s, snapshot.rates.h15m],
      highest: facts.highestHashesPerSecond,
      ...(version === 1
        ? { threads: snapshot.threads.map(({ hashesPerSecond }) => [hashesPerSecond, null, null]) }
        : {}),
    },
    hugepages: version === 1 ? allHuge(snapshot) : hugePages(snapshot),
  };
}

/** XMRig keeps it in 16 bits. */
const MAX_PING_MS = 65_535;

const PAGE_BYTES = 2 ** 21;
const REGION_PAGES = { dataset: 1040, cache: 128 } as const;

/** [2 MiB pages got, 2 MiB pages wanted] over dataset, cache and scratchpads. */
function hugePages({ engine, threads }: Snapshot): [number, number] {
  if (engine === null) return [0, 0];
  const regions = [
    { kind: engine.pages.dataset, pages: REGION_PAGES.dataset },
    { kind: engine.pages.cache, pages: REGION_PAGES.cache },
    { kind: engine.pages.scratchpads, pages: threads.length * engine.interleave },
  ].filter(({ kind }) => kind !== 'none');
  const sum = (chosen: typeof regions) => chosen.reduce((total, { pages }) => total + pages, 0);
  return [sum(regions.filter(({ kind }) => kind !== '4k')), sum(regions)];
}

function allHuge(snapshot: Snapshot): boolean {
  const [got, wanted] = hugePages(snapshot);
  return wanted > 0 && got === wanted;
}

/** Bytes of huge pages in use, for the metrics. */
export function hugePageBytes(snapshot: Snapshot): number {
  return hugePages(snapshot)[0] * PAGE_BYTES;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
