import { parseArgs } from 'node:util';

/** What is raced, and how often. */
export interface Race {
  readonly algorithm: 'rx/0' | 'rx/2';
  readonly mode: 'fast' | 'light';
  readonly threads: number;
  readonly pages: '2m' | '4k';
  /** Of our engine, which races once with each: 0 is its own choice. */
  readonly lanes: readonly number[];
  /** Of our engine. */
  readonly rounding: 'auto' | 'control' | 'embedded';
  /** Of our engine. */
  readonly prefetch: 'auto' | 't0' | 'nta' | 'none';
  readonly rounds: number;
  /** In each round, of each engine. */
  readonly slices: number;
  readonly seconds: number;
  /** XMRig's program, or nothing. */
  readonly xmrig?: string;
}

const text = (value: string) => ({ type: 'string', default: value }) as const;

/** Throws an Error with one sentence where the arguments make no race. */
export function parseRace(args: readonly string[]): Race {
  const { values } = parseArgs({
    args: [...args],
    options: {
      xmrig: { type: 'string' },
      algo: text('rx/0'),
      mode: text('fast'),
      threads: text('2'),
      pages: text('2m'),
      lanes: text('0'),
      rounding: text('auto'),
      prefetch: text('auto'),
      rounds: text('1'),
      slices: text('7'),
      seconds: text('4'),
    },
  });
  if (values.mode === 'light') {
    for (const name of ['rounding', 'prefetch'] as const)
      if (values[name] !== 'auto') throw new Error(`--${name} is for fast mode.`);
  }
  return {
    algorithm: oneOf('algo', values.algo, ['rx/0', 'rx/2']),
    mode: oneOf('mode', values.mode, ['fast', 'light']),
    threads: whole('threads', values.threads, 1, 1024),
    pages: oneOf('pages', values.pages, ['2m', '4k']),
    lanes: values.lanes.split(',').map((lanes) => whole('lanes', lanes, 0, 4)),
    rounding: oneOf('rounding', values.rounding, ['auto', 'control', 'embedded']),
    prefetch: oneOf('prefetch', values.prefetch, ['auto', 't0', 'nta', 'none']),
    rounds: whole('rounds', values.rounds, 1, 1000),
    slices: whole('slices', values.slices, 1, 1000),
    seconds: duration(values.seconds),
    ...(values.xmrig === undefined ? {} : { xmrig: values.xmrig }),
  };
}

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Error(`--${name} is one of ${known.join(', ')}.`);
  return found;
}

function whole(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new Error(
    `--${name} is a whole number from ${String(least)} to ${String(most)}, not “${value}”.`,
  );
}

function duration(value: string): number {
  const seconds = Number(value);
  if (seconds > 0 && seconds <= 3600) return seconds;
  throw new Error(`--seconds is how long a slice lasts, up to 3600, not “${value}”.`);
}
