import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { figuresOfLap, ratiosOf, type Lap } from '../../../native/bench/compare/figures.ts';
import { parseRace } from '../../../native/bench/compare/race.ts';

describe('what is asked of a comparison', () => {
  it('is seven slices of rx/0 with two threads and our own choice of lanes when nothing is said', () => {
    expect(parseRace([])).toEqual({
      algorithm: 'rx/0',
      mode: 'fast',
      threads: 2,
      pages: '2m',
      lanes: [0],
      rounding: 'auto',
      prefetch: 'auto',
      rounds: 1,
      slices: 7,
      seconds: 4,
    });
  });

  it('is mode, lanes, rounding, prefetch, rounds and a program to race against', () => {
    const said =
      '--algo rx/2 --lanes 1,3 --rounding embedded --prefetch nta --rounds 5 --seconds 2.5 --xmrig /opt/xmrig';
    expect(parseRace(said.split(' '))).toMatchObject({
      algorithm: 'rx/2',
      lanes: [1, 3],
      rounding: 'embedded',
      prefetch: 'nta',
      rounds: 5,
      seconds: 2.5,
      xmrig: '/opt/xmrig',
    });
  });

  it.each([
    ['--lanes 5', '--lanes is a whole number from 0 to 4, not “5”.'],
    ['--lanes two', '--lanes is a whole number from 0 to 4, not “two”.'],
    ['--lanes 1,', '--lanes is a whole number from 0 to 4, not “”.'],
    ['--mode light --prefetch nta', '--prefetch is for fast mode.'],
    ['--mode light --rounding embedded', '--rounding is for fast mode.'],
    ['--rounds 0', '--rounds is a whole number from 1 to 1000, not “0”.'],
    ['--rounds 1.5', '--rounds is a whole number from 1 to 1000, not “1.5”.'],
    ['--seconds 0', '--seconds is how long a slice lasts, up to 3600, not “0”.'],
    ['--pages 1g', '--pages is one of 2m, 4k.'],
    ['--mode auto', '--mode is one of fast, light.'],
    ['--algo cn/1', '--algo is one of rx/0, rx/2.'],
    ['--prefetch t2', '--prefetch is one of auto, t0, nta, none.'],
    ['--rounding up', '--rounding is one of auto, control, embedded.'],
  ])('is refused in a sentence where it makes no sense: %s', (said, sentence) => {
    expect(() => parseRace(said.split(' '))).toThrow(sentence);
  });

  it('is refused by the program itself before anything is hashed', () => {
    const program = new URL('../../../native/bench/compare.ts', import.meta.url).pathname;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--lanes', '9'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('--lanes is a whole number from 0 to 4, not “9”.\n');
  });
});

describe('what a comparison tells', () => {
  const race = parseRace(['--threads', '1']);
  const conditions = { algorithm: 'rx/0', mode: 'fast', threads: 1, pages: '2m' };
  const ours = (engine: string, datasetSeconds: number | null, ...speeds: number[]): Lap => ({
    engine,
    isOurs: true,
    datasetSeconds,
    speeds,
  });
  const rival: typeof ours = (...lap) => ({ ...ours(...lap), isOurs: false });

  it('is each engine’s median and range in a round', () => {
    expect(figuresOfLap(race, rival('XMRig', 8, 100, 50, 90, 110))).toEqual({
      engine: 'XMRig',
      ...conditions,
      hashesPerSecond: { median: 95, min: 50, max: 110 },
      datasetSeconds: 8,
    });
  });

  it('is how much faster each of ours is than each rival, by the middle of the rounds’ ratios', () => {
    const rounds = [120, 90, 150].map((speed) => [
      ours('one', 4, speed, speed, 1000),
      ours('four', 2, 2 * speed),
      rival('reference', 8, 60),
      rival('XMRig', 12, 100),
    ]);
    const same = (median: number) => ({ median, min: median, max: median });
    const ratios = (median: number, min: number, max: number, builds: number) => ({
      ...{ ...conditions, rounds: 3 },
      isFasterBy: { median, min, max },
      buildsFasterBy: same(builds),
    });
    expect(ratiosOf(race, rounds)).toEqual([
      { engine: 'one', against: 'reference', ...ratios(2, 1.5, 2.5, 2) },
      { engine: 'one', against: 'XMRig', ...ratios(1.2, 0.9, 1.5, 3) },
      { engine: 'four', against: 'reference', ...ratios(4, 3, 5, 4) },
      { engine: 'four', against: 'XMRig', ...ratios(2.4, 1.8, 3, 6) },
    ]);
  });

  it('is no time for a dataset that nobody timed', () => {
    const [ratios] = ratiosOf(race, [[ours('ours', 4, 100), rival('XMRig', null, 100)]]);
    expect(ratios).toMatchObject({ buildsFasterBy: null, isFasterBy: { median: 1 } });
  });
});
