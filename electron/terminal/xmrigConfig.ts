import { z } from 'zod';
import { problem, type Problem } from '../contract/problem.ts';
import { refused, success, type Result } from '../contract/result.ts';
import { LEAST_TOKEN_LENGTH } from '../core/api/server.ts';
import { parseWalletLogin } from '../core/wallet/login.ts';
import type { Algorithm } from '../core/work/job.ts';
import { parseHostPort, parsePoolUrl } from '../core/work/poolUrl.ts';
import type { PoolSpec, Socks5Spec, TlsSpec } from '../core/work/spec.ts';
import { algorithmCalled } from '../core/work/stratum/parseJob.ts';
import { shown, type OptionName } from './argv.ts';
import type { ConfigFile } from './configFile.ts';
import { fingerprintIn } from './workOptions.ts';

/**
 * XMRig's config.json, taken as it is (XMRig 6.26, doc/CONFIG): as there, a member of the wrong type counts as absent. What
 * has no meaning here is told and never in the way; a file that wants what we never do is refused.
 */
const text = z.string().min(1).nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject(shape).nullish().catch(undefined);

const pool = z.looseObject({
  url: text,
  user: text,
  pass: z.string().nullish().catch(undefined),
  'rig-id': text,
  enabled: flag,
  tls: flag,
  'tls-fingerprint': text,
  socks5: z.union([z.string(), z.number()]).nullish().catch(undefined),
  algo: text,
  coin: text,
  daemon: flag,
  'daemon-zmq-port': number,
  'self-select': text,
  'spend-secret-key': z.unknown().optional(),
});
type XmrigPool = z.infer<typeof pool>;

const xmrigConfig = z.looseObject({
  pools: z.array(z.unknown()),
  cpu: z
    .union([z.boolean(), z.looseObject({})])
    .nullish()
    .catch(undefined),
  randomx: section({
    mode: z.unknown().optional(),
    wrmsr: z.unknown().optional(),
    '1gb-pages': flag,
  }),
  http: section({
    enabled: flag,
    host: text,
    port: number,
    'access-token': text,
    restricted: flag,
  }),
  api: section({ 'worker-id': text }),
  opencl: z
    .union([z.boolean(), z.looseObject({ enabled: flag })])
    .nullish()
    .catch(undefined),
  cuda: z
    .union([z.boolean(), z.looseObject({ enabled: flag })])
    .nullish()
    .catch(undefined),
  'donate-level': number,
  'pause-on-battery': flag,
  'pause-on-active': z.union([z.boolean(), z.number()]).nullish().catch(undefined),
});
type XmrigConfig = z.infer<typeof xmrigConfig>;

/** Only XMRig's files hold a list of pools by this name. */
export function isXmrigConfig(value: unknown): value is { readonly pools: readonly unknown[] } {
  return (
    typeof value === 'object' && value !== null && 'pools' in value && Array.isArray(value.pools)
  );
}

/** `cpuCount`: logical CPUs this process may use. */
export function readXmrigConfig(value: unknown, cpuCount: number): Result<ConfigFile> {
  const config = xmrigConfig.parse(value);
  const listed = config.pools.flatMap((entry) => {
    const parsed = pool.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  if (
    listed.some(
      (entry) => entry['spend-secret-key'] !== undefined && entry['spend-secret-key'] !== null,
    )
  ) {
    return refused(problem('xmrigPrivateKey'));
  }
  if (config.cpu === false || (isObject(config.cpu) && config.cpu['enabled'] === false)) {
    return refused(problem('xmrigCpuOff'));
  }

  const notes: Problem[] = [];
  const pools: PoolSpec[] = [];
  for (const entry of listed) {
    if (entry.enabled === false) continue;
    const spec = toSpec(entry);
    if (spec.ok) pools.push(spec.value);
    else
      notes.push(problem('xmrigPoolSkipped', { pool: shown(entry.url ?? ''), reason: spec.error }));
  }
  const [first, ...others] = pools;
  if (first === undefined) {
    const [reason] = notes;
    return refused(reason === undefined ? problem('xmrigNoPool') : reason);
  }

  const options = new Map<OptionName, readonly string[] | true>();
  const mode = modeOf(config.randomx?.mode);
  if (mode !== undefined) options.set('mode', [mode]);
  const threads = threadsOf(config.cpu, cpuCount);
  if (threads !== undefined) options.set('threads', [String(threads)]);
  notes.push(...readApi(config, options), ...whatHasNoMeaning(config));
  const workerId = config.api?.['worker-id'];
  return success({
    options,
    work: { kind: 'pools', pools: [first, ...others] },
    notes,
    ...(typeof workerId === 'string' ? { workerId } : {}),
  });
}

function toSpec(entry: XmrigPool): Result<PoolSpec> {
  if (entry.url === undefined || entry.url === null) return refused(problem('xmrigNoUrl'));
  const url = parsePoolUrl(entry.url);
  if (!url.ok) return url;
  if (entry['self-select'] !== undefined && entry['self-select'] !== null) {
    return refused(problem('xmrigSelfSelect'));
  }
  const algorithm = algorithmOf(entry);
  if (!algorithm.ok) return algorithm;
  const socks5 = socks5Of(entry.socks5);
  if (!socks5.ok) return socks5;
  const tls = tlsOf(entry, url.value.tls);
  if (!tls.ok) return tls;
  const { host, port } = url.value;
  const shared = {
    tls: tls.value,
    ...(socks5.value === undefined ? {} : { socks5: socks5.value }),
    ...(algorithm.value === undefined ? {} : { algorithm: algorithm.value }),
  };
  const user = entry.user ?? 'x';
  if (entry.daemon === true || url.value.kind === 'daemon') {
    const wallet = parseWalletLogin(user);
    if (!wallet.ok) return wallet;
    const { address, kind } = wallet.value;
    if (kind !== 'standard') return refused(problem('nodeNeedsPrimaryAddress'));
    const zmqPort = entry['daemon-zmq-port'];
    return success({
      ...{ kind: 'daemon', host, port, address, ...shared },
      ...(typeof zmqPort === 'number' && zmqPort > 0 ? { zmqPort } : {}),
    });
  }
  const rigId = entry['rig-id'];
  return success({
    ...{ kind: 'stratum', host, port, login: user, password: entry.pass ?? 'x', ...shared },
    ...(typeof rigId === 'string' ? { rigId: rigId.slice(0, 31) } : {}),
  });
}

/** A pin that cannot be read is not done without: the pool may be another then. */
function tlsOf(entry: XmrigPool, urlSaysTls: boolean): Result<TlsSpec> {
  const pin = entry['tls-fingerprint'];
  if (typeof pin !== 'string' || pin === '') {
    return success(entry.tls === true || urlSaysTls ? { use: 'firstSeen' } : { use: 'none' });
  }
  const fingerprint = fingerprintIn(pin);
  return fingerprint === undefined
    ? refused(problem('fingerprintInvalid'))
    : success({ use: 'pinned', fingerprint });
}

/** There, RandomX by name is for jobs that name nothing: it holds up no fork. */
function algorithmOf({ algo, coin }: XmrigPool): Result<Algorithm | undefined> {
  if (typeof algo === 'string') {
    const known = algorithmCalled(algo);
    if (known === undefined) return refused(problem('xmrigNotOurs', { what: shown(algo) }));
    return success(known === 'cn/1' ? known : undefined);
  }
  const isMonero = typeof coin !== 'string' || /^(monero|xmr)$/i.test(coin);
  return isMonero ? success(undefined) : refused(problem('xmrigNotOurs', { what: shown(coin) }));
}

/** "host:port", or a port of this computer. */
function socks5Of(value: XmrigPool['socks5']): Result<Socks5Spec | undefined> {
  if (value === undefined || value === null || value === '') return success(undefined);
  return parseHostPort(typeof value === 'number' ? `127.0.0.1:${value}` : value, 1080);
}

function modeOf(value: unknown): string | undefined {
  const byNumber: readonly string[] = ['auto', 'fast', 'light'];
  if (typeof value === 'number') return byNumber[value];
  return typeof value === 'string' && byNumber.includes(value) ? value : undefined;
}

/** The profile of RandomX names the threads; else the hint is a percentage of the CPUs. */
function threadsOf(cpu: XmrigConfig['cpu'], cpuCount: number): number | undefined {
  if (!isObject(cpu)) return undefined;
  const profile = cpu['rx/0'] ?? cpu['rx'] ?? cpu['*'];
  const named = Array.isArray(profile)
    ? profile.length
    : isObject(profile) && typeof profile['threads'] === 'number'
      ? profile['threads']
      : 0;
  const hint = cpu['max-threads-hint'];
  const wanted =
    named > 0
      ? named
      : typeof hint === 'number' && hint > 0 && hint < 100
        ? Math.max(1, Math.round((cpuCount * hint) / 100))
        : undefined;
  return wanted === undefined ? undefined : Math.min(wanted, cpuCount);
}

function readApi(
  { http }: XmrigConfig,
  options: Map<OptionName, readonly string[] | true>,
): Problem[] {
  if (http?.enabled !== true || typeof http.port !== 'number' || http.port < 1) return [];
  const { host, port, restricted } = http;
  const token = http['access-token'];
  if (typeof host === 'string' && !['127.0.0.1', 'localhost', '::1'].includes(host)) {
    return [problem('xmrigApiNotLocal', { host: shown(host) })];
  }
  if (typeof token !== 'string' || token.length < LEAST_TOKEN_LENGTH) {
    return [problem('xmrigApiToken', { least: LEAST_TOKEN_LENGTH })];
  }
  options.set('api-port', [String(port)]);
  options.set('api-token', [token]);
  return restricted === false ? [problem('xmrigApiReadOnly')] : [];
}

function whatHasNoMeaning(config: XmrigConfig): Problem[] {
  const notes: Problem[] = [];
  const { cpu, randomx } = config;
  const has = (value: unknown) =>
    value !== undefined && value !== null && value !== false && value !== -1;
  const ignored = [
    ...['huge-pages', 'hw-aes', 'asm', 'argon2-impl', 'yield', 'memory-pool'].filter(
      (name) => isObject(cpu) && has(cpu[name]),
    ),
    ...['init', 'numa', '1gb-pages', 'scratchpad_prefetch_mode', 'cache_qos'].filter((name) =>
      has(randomx?.[name]),
    ),
    ...[
      'autosave',
      'background',
      'log-file',
      'syslog',
      'retries',
      'retry-pause',
      'watch',
      'tls',
      'dns',
    ].filter((name) => has(config[name])),
  ];
  if (ignored.length > 0) notes.push(problem('xmrigIgnored', { names: ignored.join(', ') }));
  if ((config['donate-level'] ?? 0) > 0) notes.push(problem('xmrigDonation'));
  if (isObject(cpu) && has(cpu['priority'])) notes.push(problem('xmrigPriority'));
  if (has(randomx?.wrmsr)) notes.push(problem('xmrigMsr'));
  const isOn = (gpu: unknown) => gpu === true || (isObject(gpu) && gpu['enabled'] === true);
  if (isOn(config.opencl) || isOn(config.cuda)) notes.push(problem('xmrigGpu'));
  if (has(config['pause-on-battery']) || has(config['pause-on-active'])) {
    notes.push(problem('xmrigPauses'));
  }
  return notes;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
