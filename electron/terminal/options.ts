import { LEAST_TOKEN_LENGTH } from '../core/api/server.ts';
import { success, type Result } from '../contract/result.ts';
import { parseWalletLogin } from '../core/wallet/login.ts';
import { algorithms, type Algorithm } from '../core/work/job.ts';
import { parseNodeUrl, type NodeUrl } from '../core/work/daemon/nodeUrl.ts';
import { parseHostPort, parsePoolUrl, type PoolUrl } from '../core/work/poolUrl.ts';
import { readConfigFile } from './configFile.ts';
import { parseArguments, shown, usageError, type RawOptions } from './flags.ts';

/** What the terminal miner was asked to do, checked in full. */
export interface Options {
  readonly source: SourceOptions;
  /** Absent: as many as pay on this machine. */
  readonly threads?: number;
  readonly mode: 'fast' | 'light' | 'auto';
  /** Absent: by the job. */
  readonly algorithm?: Algorithm;
  /** Counted from the start of the process. */
  readonly durationSeconds?: number;
  readonly json: boolean;
  /** Show what goes over the wire to the pool. */
  readonly inspect: boolean;
  readonly api?: { readonly port: number; readonly token: string };
}

export type SourceOptions = PoolOptions | DaemonSourceOptions | { readonly kind: 'practice' };

export interface PoolOptions {
  readonly kind: 'pool';
  /** In failover order, at least one. */
  readonly pools: readonly PoolUrl[];
  readonly login: string;
  readonly pass: string;
  readonly rigId?: string;
  readonly tlsFingerprint?: string;
  readonly socks5?: { readonly host: string; readonly port: number };
}

export interface DaemonSourceOptions extends NodeUrl {
  readonly kind: 'daemon';
  readonly address: string;
  readonly tlsFingerprint?: string;
}

/** What to measure, and how to show it. */
export interface TuneOptions {
  readonly algorithm: Algorithm;
  readonly mode: 'fast' | 'light' | 'auto';
  readonly json: boolean;
}

export type Command =
  | { readonly run: 'mine'; readonly options: Options }
  | { readonly run: 'tune'; readonly options: TuneOptions }
  | { readonly run: 'help' | 'version' };

/** Node's timers end at 24.8 days. */
const MAX_DURATION_SECONDS = 2_000_000;

/** Reads the command line; `cpuCount`: logical CPUs this process may use. */
export function parseCommand(argv: readonly string[], cpuCount: number): Result<Command> {
  const typed = parseArguments(argv);
  if (!typed.ok) return typed;
  if (typed.value.has('help')) return success({ run: 'help' });
  if (typed.value.has('version')) return success({ run: 'version' });
  if (typed.value.has('tune')) return parseTune(typed.value);
  const path = valueOf(typed.value, 'config');
  const file = path === undefined ? success<RawOptions>(new Map()) : readConfigFile(path);
  if (!file.ok) return file;

  const raw: RawOptions = new Map([...withoutRivals(file.value, typed.value), ...typed.value]);
  const source = parseSource(raw);
  if (!source.ok) return source;
  const threads = parseThreads(valueOf(raw, 'threads'), cpuCount);
  if (!threads.ok) return threads;
  const mode = parseChoice('mode', valueOf(raw, 'mode') ?? 'auto', ['fast', 'light', 'auto']);
  if (!mode.ok) return mode;
  const algo = valueOf(raw, 'algo');
  const algorithm = algo === undefined ? success(undefined) : parseChoice('algo', algo, algorithms);
  if (!algorithm.ok) return algorithm;
  if (source.value.kind !== 'pool' && (algorithm.value ?? 'rx/0') !== 'rx/0') {
    return usageError(`--algo ${algorithm.value ?? ''} needs a --pool that gives such work.`);
  }
  const duration = parseDuration(valueOf(raw, 'duration'));
  if (!duration.ok) return duration;
  if (raw.has('inspect') && source.value.kind === 'daemon') {
    return usageError('--inspect shows the messages of a pool; --daemon has none.');
  }
  const api = parseApi(valueOf(raw, 'api-port'), valueOf(raw, 'api-token'));
  if (!api.ok) return api;
  return success({
    run: 'mine',
    options: {
      source: source.value,
      mode: mode.value,
      json: raw.has('json'),
      inspect: raw.has('inspect'),
      ...(api.value === undefined ? {} : { api: api.value }),
      ...(threads.value === undefined ? {} : { threads: threads.value }),
      ...(algorithm.value === undefined ? {} : { algorithm: algorithm.value }),
      ...(duration.value === undefined ? {} : { durationSeconds: duration.value }),
    },
  });
}

function parseTune(raw: RawOptions): Result<Command> {
  const other = [...raw.keys()].find((name) => !['tune', 'algo', 'mode', 'json'].includes(name));
  if (other !== undefined) {
    return usageError(`--tune measures and does not mine: it does not go with --${other}.`);
  }
  const mode = parseChoice('mode', valueOf(raw, 'mode') ?? 'auto', ['fast', 'light', 'auto']);
  if (!mode.ok) return mode;
  const algorithm = parseChoice('algo', valueOf(raw, 'algo') ?? 'rx/0', algorithms);
  if (!algorithm.ok) return algorithm;
  return success({
    run: 'tune',
    options: { algorithm: algorithm.value, mode: mode.value, json: raw.has('json') },
  });
}

/** A typed --practice also replaces the pool of the file, and --login its wallet. */
function withoutRivals(file: RawOptions, typed: RawOptions): RawOptions {
  const rivals = [
    ['pool', 'daemon', 'practice'],
    ['wallet', 'login'],
  ];
  const replaced = rivals.filter((names) => names.some((name) => typed.has(name))).flat();
  return new Map([...file].filter(([name]) => !replaced.includes(name)));
}

function valueOf(raw: RawOptions, name: string): string | undefined {
  const values = raw.get(name);
  return values === true ? undefined : values?.[0];
}

function parseSource(raw: RawOptions): Result<SourceOptions> {
  const chosen = ['pool', 'daemon', 'practice'].filter((name) => raw.has(name));
  if (chosen.length !== 1) {
    return usageError(
      chosen.length === 0
        ? 'Say where to mine: --pool HOST:PORT, --daemon URL or --practice (see --help).'
        : `Choose one of --${chosen.join(' and --')}.`,
    );
  }
  const wallet = valueOf(raw, 'wallet');
  const checked = wallet === undefined ? undefined : parseWalletLogin(wallet);
  if (checked?.ok === false) return usageError(`--wallet: ${checked.error.message}`);
  const tlsFingerprint = parseFingerprint(valueOf(raw, 'tls-fingerprint'));
  if (!tlsFingerprint.ok) return tlsFingerprint;
  const pinned = tlsFingerprint.value === undefined ? {} : { tlsFingerprint: tlsFingerprint.value };
  if (raw.has('practice')) return success({ kind: 'practice' });
  if (raw.has('pool')) {
    const pool = parsePools(raw, checked?.value.login);
    return pool.ok ? success({ ...pool.value, ...pinned }) : pool;
  }
  const daemon = parseNodeUrl(valueOf(raw, 'daemon') ?? '');
  if (!daemon.ok) return usageError(`--daemon: ${daemon.error.message}`);
  if (checked === undefined) {
    return usageError('Mining on a monerod needs --wallet ADDRESS: the rewards go there.');
  }
  const { address, login, kind } = checked.value;
  if (address !== login || kind !== 'standard') {
    return usageError(
      '--wallet: mining on a monerod needs a plain primary address, which begins with 4 and has 95 characters.',
    );
  }
  return success({ kind: 'daemon', ...daemon.value, address, ...pinned });
}

function parsePools(raw: RawOptions, wallet: string | undefined): Result<PoolOptions> {
  const login = valueOf(raw, 'login');
  if (login !== undefined && wallet !== undefined) {
    return usageError('Give --wallet or --login, not both.');
  }
  const sent = login ?? wallet;
  if (sent === undefined) {
    return usageError('Mining on a pool needs --wallet ADDRESS (or --login TEXT).');
  }
  const tls = raw.has('tls') || raw.has('tls-fingerprint');
  const pools: PoolUrl[] = [];
  const texts = raw.get('pool');
  for (const text of texts === true ? [] : (texts ?? [])) {
    const pool = parsePoolUrl(text);
    if (!pool.ok) return usageError(`--pool: ${pool.error.message}`);
    if (pool.value.kind === 'daemon') {
      return usageError('--pool: this is the address of a monerod; use --daemon for it.');
    }
    pools.push({ ...pool.value, tls: tls || pool.value.tls });
  }
  const proxy = valueOf(raw, 'socks5');
  const socks5 = proxy === undefined ? undefined : parseHostPort(proxy, 1080);
  if (socks5?.ok === false) return usageError(`--socks5: ${socks5.error.message}`);
  const rigId = valueOf(raw, 'rig-id');
  return success({
    kind: 'pool',
    pools,
    login: sent,
    pass: valueOf(raw, 'pass') ?? 'x',
    ...(rigId === undefined ? {} : { rigId }),
    ...(socks5 === undefined ? {} : { socks5: socks5.value }),
  });
}

function parseFingerprint(text: string | undefined): Result<string | undefined> {
  if (text === undefined) return success(undefined);
  const digits = text.replaceAll(':', '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits)
    ? success(digits)
    : usageError('--tls-fingerprint takes the SHA-256 of a certificate: 64 hexadecimal digits.');
}

function parseApi(port: string | undefined, token: string | undefined): Result<Options['api']> {
  if (port === undefined) {
    return token === undefined
      ? success(undefined)
      : usageError('--api-token is for the HTTP API; give it a port too: --api-port N.');
  }
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535) {
    return usageError(`--api-port takes a number from 1 to 65535, not “${shown(port)}”.`);
  }
  // Header fields carry no other characters.
  if (token === undefined || token.length < LEAST_TOKEN_LENGTH || !/^[!-~]+$/.test(token)) {
    return usageError(
      `The HTTP API needs --api-token TEXT: ${LEAST_TOKEN_LENGTH} or more ASCII characters without blanks, which its readers must send.`,
    );
  }
  return success({ port: number, token });
}

function parseThreads(text: string | undefined, cpuCount: number): Result<number | undefined> {
  if (text === undefined) return success(undefined);
  const threads = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return threads >= 1 && threads <= cpuCount
    ? success(threads)
    : usageError(
        `--threads takes a number from 1 to ${cpuCount} on this computer, not “${shown(text)}”.`,
      );
}

function parseChoice<T extends string>(
  name: string,
  text: string,
  choices: readonly T[],
): Result<T> {
  const choice = choices.find((candidate) => candidate === text);
  return choice === undefined
    ? usageError(`--${name} is one of ${choices.join(', ')}, not “${shown(text)}”.`)
    : success(choice);
}

function parseDuration(text: string | undefined): Result<number | undefined> {
  if (text === undefined) return success(undefined);
  const seconds = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds <= MAX_DURATION_SECONDS
    ? success(seconds)
    : usageError(
        `--duration takes seconds, more than 0 and at most ${MAX_DURATION_SECONDS}, not “${shown(text)}”.`,
      );
}
