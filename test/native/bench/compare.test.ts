import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { figuresOfRound, figuresOfRounds } from '../../../native/bench/compare/figures.ts';
import { parseRace } from '../../../native/bench/compare/race.ts';

describe('what is asked of a comparison', () => {
  it('is seven slices of rx/0 with two threads and our own choice of lanes when nothing is said', () => {
    expect(parseRace([])).toEqual({
      algorithm: 'rx/0',
      mode: 'fast',
      threads: 2,
      pages: '2m',
      lanes: 0,
      rounding: 'auto',
      prefetch: 'auto',
      rounds: 1,
      slices: 7,
      seconds: 4,
    });
  });

  it('is mode, lanes, rounding, prefetch, rounds and a program to race against', () => {
    const said =
      '--mode light --lanes 3 --rounding embedded --prefetch nta --rounds 5 --seconds 2.5 --xmrig /opt/xmrig';
    expect(parseRace(said.split(' '))).toMatchObject({
      mode: 'light',
      lanes: 3,
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
  const lap = (engine: string, datasetSeconds: number | null, ...speeds: number[]) => ({
    engine,
    datasetSeconds,
    speeds,
  });

  it('is each engine’s median and range, and how much faster ours is by the medians', () => {
    const laps = [lap('ours', 4, 300, 100, 200), lap('XMRig', 8, 100, 50, 90, 110)];
    expect(figuresOfRound(race, laps)).toEqual([
      {
        engine: 'ours',
        algorithm: 'rx/0',
        mode: 'fast',
        threads: 1,
        pages: '2m',
        hashesPerSecond: { median: 200, min: 100, max: 300 },
        datasetSeconds: 4,
        oursIsFasterBy: 1,
        oursBuildsFasterBy: 1,
      },
      {
        engine: 'XMRig',
        algorithm: 'rx/0',
        mode: 'fast',
        threads: 1,
        pages: '2m',
        hashesPerSecond: { median: 95, min: 50, max: 110 },
        datasetSeconds: 8,
        oursIsFasterBy: 200 / 95,
        oursBuildsFasterBy: 2,
      },
    ]);
  });

  it('is no time for a dataset that nobody timed', () => {
    const [, rival] = figuresOfRound(race, [lap('ours', 4, 100), lap('XMRig', null, 100)]);
    expect(rival).toMatchObject({ datasetSeconds: null, oursBuildsFasterBy: null });
  });

  it('is the middle of the rounds’ ratios for each rival, once there were several', () => {
    const rounds = [120, 90, 150].map((ours) =>
      figuresOfRound(race, [lap('ours', 4, ours), lap('reference', 8, 60), lap('XMRig', 8, 100)]),
    );
    const expected = { algorithm: 'rx/0', mode: 'fast', threads: 1, rounds: 3 };
    expect(figuresOfRounds(race, rounds)).toEqual([
      { against: 'reference', ...expected, oursIsFasterBy: { median: 2, min: 1.5, max: 2.5 } },
      { against: 'XMRig', ...expected, oursIsFasterBy: { median: 1.2, min: 0.9, max: 1.5 } },
    ]);
    expect(figuresOfRounds(race, rounds.slice(0, 1))).toEqual([]);
  });
});
