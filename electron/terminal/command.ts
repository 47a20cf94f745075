import { problem, type Problem } from '../contract/problem.ts';
import { refused, success, type Result } from '../contract/result.ts';
import { LEAST_TOKEN_LENGTH } from '../core/api/server.ts';
import type { EngineSpec, MinePlan } from '../core/mining/plan.ts';
import { algorithms, type Algorithm } from '../core/work/job.ts';
import type { WorkSpec } from '../core/work/spec.ts';
import { parseArguments, shown, valueOf, type OptionName, type RawOptions } from './argv.ts';
import { readConfigFile, type ConfigFile } from './configFile.ts';
import { parseWork } from './workOptions.ts';

export type Command =
  | { readonly run: 'mine'; readonly options: MineOptions }
  | { readonly run: 'tune'; readonly options: TuneOptions }
  | { readonly run: 'help' | 'version' };

/** What the terminal miner was asked to mine, checked in full. */
export interface MineOptions {
  readonly plan: MinePlan;
  /** Counted from the start of the process. */
  readonly durationSeconds?: number;
  readonly json: boolean;
  /** Show what goes over the wire to the pool. */
  readonly inspect: boolean;
  readonly api?: { readonly port: number; readonly token: string };
  /** What the HTTP API calls this miner; without it, the computer's name. */
  readonly workerId?: string;
  /** What of a configuration file has no meaning here, to be told before mining. */
  readonly notes: readonly Problem[];
}

/** What to measure, and how to show it. */
export interface TuneOptions {
  readonly algorithm: Algorithm;
  readonly mode: 'fast' | 'light' | 'auto';
  readonly json: boolean;
}

/** Node's timers end at 24.8 days. */
const MAX_DURATION_SECONDS = 2_000_000;
const modes = ['fast', 'light', 'auto'] as const;
const noFile: ConfigFile = { options: new Map(), notes: [] };

/** Reads the command line; `cpuCount`: logical CPUs this process may use. */
export function parseCommand(argv: readonly string[], cpuCount: number): Result<Command> {
  const typed = parseArguments(argv);
  if (!typed.ok) return typed;
  if (typed.value.has('help')) return success({ run: 'help' });
  if (typed.value.has('version')) return success({ run: 'version' });
  if (typed.value.has('tune')) return parseTune(typed.value);

  const path = valueOf(typed.value, 'config');
  const file = path === undefined ? success(noFile) : readConfigFile(path, cpuCount);
  if (!file.ok) return file;
  return parseMine(file.value, typed.value, cpuCount);
}

function parseTune(raw: RawOptions): Result<Command> {
  const other = [...raw.keys()].find((name) => !['tune', 'algo', 'mode', 'json'].includes(name));
  if (other !== undefined) return refused(problem('tuneNotWith', { name: other }));
  const mode = parseChoice('mode', valueOf(raw, 'mode') ?? 'auto', modes);
  if (!mode.ok) return mode;
  const algorithm = parseChoice('algo', valueOf(raw, 'algo') ?? 'rx/0', algorithms);
  if (!algorithm.ok) return algorithm;
  return success({
    run: 'tune',
    options: { algorithm: algorithm.value, mode: mode.value, json: raw.has('json') },
  });
}

function parseMine(file: ConfigFile, typed: RawOptions, cpuCount: number): Result<Command> {
  const raw: RawOptions = new Map([...withoutRivals(file.options, typed), ...typed]);
  const algo = valueOf(raw, 'algo');
  const algorithm = algo === undefined ? success(undefined) : parseChoice('algo', algo, algorithms);
  if (!algorithm.ok) return algorithm;
  const work = workOf(file, raw, typed, algorithm.value);
  if (!work.ok) return work;
  const engine = parseEngine(raw, cpuCount);
  if (!engine.ok) return engine;
  const duration = parseDuration(valueOf(raw, 'duration'));
  if (!duration.ok) return duration;
  const api = parseApi(valueOf(raw, 'api-port'), valueOf(raw, 'api-token'));
  if (!api.ok) return api;
  const workerId = valueOf(raw, 'rig-id') ?? file.workerId;
  return success({
    run: 'mine',
    options: {
      plan: { work: work.value, engine: engine.value },
      json: raw.has('json'),
      inspect: raw.has('inspect'),
      notes: file.notes,
      ...(api.value === undefined ? {} : { api: api.value }),
      ...(duration.value === undefined ? {} : { durationSeconds: duration.value }),
      ...(workerId === undefined ? {} : { workerId }),
    },
  });
}

/** A place that is typed replaces the file's; a file of XMRig's names its pools whole. */
function workOf(
  file: ConfigFile,
  raw: RawOptions,
  typed: RawOptions,
  algorithm: Algorithm | undefined,
): Result<WorkSpec> {
  const isTyped = places.some((name) => typed.has(name));
  if (file.work === undefined || isTyped) return parseWork(raw, algorithm);
  const ofPools: readonly OptionName[] = [
    ...(['wallet', 'login', 'pass', 'tls', 'tls-fingerprint', 'rig-id', 'socks5'] as const),
  ];
  const idle = ofPools.find((name) => typed.has(name));
  if (idle !== undefined) return refused(problem('optionNotWithFile', { name: idle }));
  const [first, ...others] = file.work.pools.map((pool) =>
    algorithm === undefined ? pool : { ...pool, algorithm },
  );
  return first === undefined
    ? success(file.work)
    : success({ kind: 'pools', pools: [first, ...others] });
}

const places: readonly OptionName[] = ['pool', 'daemon', 'practice'];
const payees: readonly OptionName[] = ['wallet', 'login'];
/** They belong to the place that they stand beside. A proxy does not: nobody is to be connected without his. */
const ofThePlace: readonly OptionName[] = ['pass', 'tls', 'tls-fingerprint', 'rig-id'];

/** A place that is typed also replaces the file's other ones, with what belongs to them, and --login its wallet. */
function withoutRivals(file: RawOptions, typed: RawOptions): RawOptions {
  const isTyped = (name: OptionName) => typed.has(name);
  const replaced: readonly OptionName[] = [
    ...(places.some(isTyped) ? [...places, ...ofThePlace] : []),
    ...(typed.has('practice') ? ['socks5' as const] : []),
    ...(payees.some(isTyped) ? payees : []),
  ];
  return new Map([...file].filter(([name]) => !replaced.includes(name)));
}

function parseEngine(raw: RawOptions, cpuCount: number): Result<EngineSpec> {
  const mode = parseChoice('mode', valueOf(raw, 'mode') ?? 'auto', modes);
  if (!mode.ok) return mode;
  const how = { mode: mode.value, learns: !raw.has('no-learning') };
  const text = valueOf(raw, 'threads');
  if (text === undefined) return success({ threads: 'full', ...how });
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= cpuCount
    ? success({ threads: { count }, ...how })
    : refused(problem('threadsInvalid', { most: cpuCount, given: shown(text) }));
}

function parseApi(port: string | undefined, token: string | undefined): Result<MineOptions['api']> {
  if (port === undefined) {
    return token === undefined ? success(undefined) : refused(problem('apiTokenAlone'));
  }
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535)
    return refused(problem('apiPortInvalid', { given: shown(port) }));
  // Header fields carry no other characters.
  if (token === undefined || token.length < LEAST_TOKEN_LENGTH || !/^[!-~]+$/.test(token)) {
    return refused(problem('apiTokenInvalid', { least: LEAST_TOKEN_LENGTH }));
  }
  return success({ port: number, token });
}

function parseChoice<T extends string>(
  name: OptionName,
  text: string,
  choices: readonly T[],
): Result<T> {
  const choice = choices.find((candidate) => candidate === text);
  return choice === undefined
    ? refused(problem('choiceInvalid', { name, choices: choices.join(', '), given: shown(text) }))
    : success(choice);
}

function parseDuration(text: string | undefined): Result<number | undefined> {
  if (text === undefined) return success(undefined);
  const seconds = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds <= MAX_DURATION_SECONDS
    ? success(seconds)
    : refused(problem('durationInvalid', { most: MAX_DURATION_SECONDS, given: shown(text) }));
}
