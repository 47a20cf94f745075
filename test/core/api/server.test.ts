import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startApi, type ApiServer } from '../../../electron/core/api/server.ts';
import type { ApiFacts } from '../../../electron/core/api/summary.ts';
import { snapshot as snapshotSchema, type Snapshot } from '../../../electron/contract/snapshot.ts';
import { said } from '../../support/said.ts';
import { snapshotWith } from '../../support/snapshot.ts';

const TOKEN = 'correct horse';

const facts: ApiFacts = {
  id: '0123456789abcdef',
  workerId: 'kitchen "pc"',
  version: '1.0.0',
  uptimeMs: 90_000,
  cpuModel: 'Test CPU',
  architecture: 'x86_64',
  logicalCpus: 8,
  cores: 4,
  packages: 1,
  numaNodes: 1,
  l2Bytes: 2_097_152,
  l3Bytes: 16_777_216,
  aes: true,
  avx2: false,
  memory: { freeBytes: 1, totalBytes: 2, residentBytes: 3 },
  loadAverage: [0.1, 0.2, 0.3],
  highestHashesPerSecond: 1300,
};

const mining: Snapshot = snapshotSchema.parse({
  ...snapshotWith({}),
  // As after the system's clock was set back.
  takenAtMs: 0,
  monotonicMs: 90_000,
  session: { state: 'mining', mode: 'fast' },
  activity: 'hashing',
  missing: [],
  practice: false,
  uptimeMs: 90_000,
  hashes: 100_000,
  rates: { h10s: 1200.5, h60s: 1190.25, h15m: null },
  threads: [
    { cpu: 0, hashesPerSecond: 600.5 },
    { cpu: 2, hashesPerSecond: null },
  ],
  threadsAvailable: 8,
  threadsHeld: null,
  engine: {
    mode: 'fast',
    datasetProgress: 1,
    pages: { dataset: '2m', cache: '4k', scratchpads: 'thp' },
    paths: {},
    interleave: 2,
  },
  pool: {
    kind: 'stratum',
    host: 'pool.example',
    port: 443,
    tls: true,
    link: 'loggedIn',
    connectedForMs: 60_000,
    pingMs: 24,
    retryInMs: null,
    lastError: null,
    failures: 3,
    tlsFingerprint: 'ab'.repeat(32),
    acceptedHere: 4,
  },
  job: {
    jobId: '1',
    algorithm: 'rx/0',
    difficulty: 120_001,
    height: 3_000_000,
    seedHash: null,
    ageMs: 1000,
  },
  shares: {
    accepted: 9,
    rejected: 1,
    stale: 2,
    pending: 0,
    acceptedDifficulty: 1_080_009,
    bestDifficulty: 5_000_000,
    lastAcceptedAtMs: 1_085_000,
    recent: [
      {
        foundAtMs: 1_085_000,
        jobId: '1',
        nonce: 'd0030040',
        difficulty: 120_001,
        outcome: 'accepted',
        roundTripMs: 1500,
      },
    ],
  },
  luck: null,
});

let server: ApiServer | undefined;
afterEach(() => server?.close());

async function open(): Promise<ApiServer> {
  const result = await startApi({
    port: 0,
    token: TOKEN,
    snapshot: () => mining,
    facts: () => facts,
  });
  if (!result.ok) throw new Error(said(result.error));
  server = result.value;
  return server;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server?.port, path, method, headers },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const authorized = { authorization: `Bearer ${TOKEN}` };

test('/2/summary has the members and units that dashboards read from XMRig', async () => {
  await open();
  const { status, type, body } = await ask('/2/summary', authorized);
  expect(status).toBe(200);
  expect(type).toContain('application/json');
  expect(JSON.parse(body)).toMatchObject({
    id: '0123456789abcdef',
    worker_id: 'kitchen "pc"',
    uptime: 90,
    restricted: true,
    algo: 'rx/0',
    version: '1.0.0',
    kind: 'miner',
    donate_level: 0,
    paused: false,
    results: {
      diff_current: 120_001,
      shares_good: 9,
      shares_total: 10,
      avg_time: 15,
      avg_time_ms: 15_000,
      hashes_total: 1_080_009,
      best: [5_000_000],
    },
    connection: {
      pool: 'pool.example:443',
      uptime: 60,
      uptime_ms: 60_000,
      ping: 1500,
      failures: 3,
      tls: 'TLS',
      'tls-fingerprint': 'ab'.repeat(32),
      diff: 120_001,
      accepted: 9,
      rejected: 1,
    },
    hashrate: { total: [1200.5, 1190.25, null], highest: 1300 },
    // Dataset 1040 and two scratchpads a thread on huge pages; the cache of 128 not.
    hugepages: [1044, 1172],
  });
});

/** What the real XMRig 6.26 answers, member for member; `?` where ours has none: of XMRig's own assembly and MSR tricks. */
const xmrigMembers = {
  '': 'id worker_id uptime restricted resources features results algo connection version kind ua cpu donate_level paused algorithms hashrate hugepages',
  resources: 'memory load_average hardware_concurrency',
  'resources.memory': 'free total resident_set_memory',
  results: 'diff_current shares_good shares_total avg_time avg_time_ms hashes_total best',
  connection:
    'pool ip uptime uptime_ms ping failures tls tls-fingerprint algo diff accepted rejected avg_time avg_time_ms hashes_total',
  cpu: 'brand ?family ?model ?stepping ?proc_info aes avx2 x64 64_bit l2 l3 cores threads packages nodes ?backend ?msr ?assembly arch ?flags',
  hashrate: 'total highest',
};

test('the summaries have exactly the members of XMRig’s', async () => {
  await open();
  for (const [version, added] of [
    [2, {}],
    [1, { results: 'error_log', connection: 'error_log', hashrate: 'threads' }],
  ] as const) {
    const { body } = await ask(`/${version}/summary`, authorized);
    for (const [place, names] of Object.entries(xmrigMembers)) {
      const more = (added as Partial<Record<string, string>>)[place] ?? '';
      const wanted = `${names} ${more}`.split(' ').filter((name) => /^[^?]/.test(name));
      const object = place
        .split('.')
        .filter((step) => step !== '')
        .reduce<unknown>(
          (value, step) => (value as Record<string, unknown>)[step],
          JSON.parse(body),
        );
      expect(Object.keys(object as object).sort(), `/${version} ${place}`).toEqual(wanted.sort());
    }
  }
});

test('/1/summary adds rates by thread and says whether all memory is on huge pages', async () => {
  await open();
  const { body } = await ask('/1/summary', authorized);
  expect(JSON.parse(body)).toMatchObject({
    hugepages: false,
    hashrate: {
      threads: [
        [600.5, null, null],
        [null, null, null],
      ],
    },
    results: { error_log: [] },
  });
});

test('/metrics speaks the Prometheus text format and leaves unknown values out', async () => {
  await open();
  const { type, body } = await ask('/metrics', authorized);
  expect(type).toContain('version=0.0.4');
  expect(body).toContain('ibctminer_hashrate{window="10s"} 1200.5\n');
  expect(body).not.toContain('window="15m"');
  expect(body).toContain('ibctminer_shares_total{outcome="stale"} 2\n');
  expect(body).toContain('worker_id="kitchen \\"pc\\""');
  for (const line of body.trimEnd().split('\n')) {
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? -?[\d.e+-]+)$/);
  }
});

test('it says nothing without the token, to another host name, or to anything but GET', async () => {
  await open();
  expect((await ask('/2/summary', {})).status).toBe(401);
  expect((await ask('/2/summary', { authorization: 'Bearer wrong' })).status).toBe(403);
  expect((await ask('/2/summary', { ...authorized, host: 'evil.example' })).status).toBe(403);
  expect((await ask('/2/summary', authorized, 'POST')).status).toBe(405);
  expect((await ask('/2/config', authorized)).status).toBe(404);
});

test('a port in use is a sentence that says what to do', async () => {
  const first = await open();
  const second = await startApi({
    port: first.port,
    token: TOKEN,
    snapshot: () => mining,
    facts: () => facts,
  });
  expect(second).toMatchObject({ ok: false, error: { code: 'apiPortTaken' } });
});
