import { describe, expect, it } from 'vitest';
import { HeatGovernor } from '../../../electron/core/rules/heat.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const LOOK_MS = 2000;
const MINUTE_MS = 60_000;

/** A cooler: where the temperature goes with so many threads, and how fast it gets there. */
interface Cooler {
  readonly idleCelsius: number;
  readonly perThread: number;
  readonly settlesInMs: number;
}

interface Course {
  readonly atMs: number;
  readonly celsius: number;
  readonly threads: number;
  readonly isPaused: boolean;
}

/** The governor on a simulated CPU with sensor noise; `cooler` may change over time, as dust and summers do. */
function simulate(wanted: number, minutes: number, cooler: (atMs: number) => Cooler): Course[] {
  const clock = new FakeClock();
  const governor = new HeatGovernor(clock);
  let celsius = cooler(0).idleCelsius;
  const course: Course[] = [];
  for (let atMs = 0; atMs < minutes * MINUTE_MS; atMs += LOOK_MS) {
    const { idleCelsius, perThread, settlesInMs } = cooler(atMs);
    const threads = Math.min(wanted, governor.atMost ?? wanted);
    const hashing = governor.isTooHot ? 0 : threads;
    celsius += (idleCelsius + perThread * hashing - celsius) * (LOOK_MS / settlesInMs);
    const noise = ((atMs / LOOK_MS) % 3) - 1;
    // Now and then a reading is nonsense.
    const read = atMs % 62_000 === 0 ? 110 : celsius + noise;
    governor.see({ enabled: true, maxCelsius: 80 }, read, hashing);
    course.push({ atMs, celsius, threads, isPaused: governor.isTooHot });
    clock.advance(LOOK_MS);
  }
  return course;
}

const changes = (course: readonly Course[]) =>
  course.filter(({ threads }, at) => at > 0 && threads !== course[at - 1]?.threads).length;
const since = (course: readonly Course[], minute: number) =>
  course.filter(({ atMs }) => atMs >= minute * MINUTE_MS);

describe('heat', () => {
  it('is met by fewer threads, which are then held: no stop and go', () => {
    const course = simulate(8, 120, () => ({
      ...{ idleCelsius: 40, perThread: 6.5, settlesInMs: 60_000 },
    }));
    expect(course.some(({ isPaused }) => isPaused)).toBe(false);
    const settled = since(course, 10);
    expect(Math.max(...settled.map(({ celsius }) => celsius))).toBeLessThanOrEqual(80.5);
    expect(new Set(settled.map(({ threads }) => threads)).size).toBe(1);
    expect(changes(course)).toBeLessThanOrEqual(4);
    // Not more was taken away than had to be.
    expect(settled[0]?.threads).toBeGreaterThanOrEqual(5);
  });

  it('that goes away gives the threads back, one after the other, to all of them', () => {
    const course = simulate(8, 120, (atMs) => ({
      idleCelsius: atMs < 20 * MINUTE_MS ? 44 : 25,
      ...{ perThread: 5, settlesInMs: 60_000 },
    }));
    expect(since(course, 15)[0]?.threads).toBe(7);
    expect(course.at(-1)?.threads).toBe(8);
  });

  it('tries a thread that is always too much less and less often', () => {
    const course = simulate(2, 600, () => ({
      ...{ idleCelsius: 55, perThread: 15, settlesInMs: 40_000 },
    }));
    const early = course.filter(({ atMs }) => atMs < 300 * MINUTE_MS);
    expect(changes(since(course, 300))).toBeLessThan(changes(early));
    expect(changes(since(course, 300))).toBeLessThanOrEqual(24);
  });

  it('that fewer threads do not help against pauses, for minutes and not for seconds', () => {
    const course = simulate(4, 60, (atMs) => ({
      // The fan stands still for a quarter of an hour.
      idleCelsius: atMs > 10 * MINUTE_MS && atMs < 25 * MINUTE_MS ? 88 : 45,
      ...{ perThread: 6, settlesInMs: 40_000 },
    }));
    const isHot = ({ isPaused }: Course) => isPaused;
    expect(course.filter(isHot).length).toBeGreaterThan(0);
    const pauses = course.filter((now, at) => isHot(now) && !course[at - 1]?.isPaused);
    expect(pauses).toHaveLength(1);
    expect(course.at(-1)?.isPaused).toBe(false);
  });

  const rule = { enabled: true, maxCelsius: 80 };

  it('is nothing that a computer without a sensor is paused or slowed for', () => {
    const clock = new FakeClock();
    const governor = new HeatGovernor(clock);
    for (let look = 0; look < 5; look += 1) governor.see(rule, 99, 4);
    const held = [governor.isTooHot, governor.atMost];
    expect(held).toEqual([true, 2]);
    // A sensor that cannot be read now and then is there all the same.
    for (let atMs = 0; atMs < MINUTE_MS; atMs += LOOK_MS) {
      governor.see(rule, null, 0);
      expect([governor.isTooHot, governor.atMost]).toEqual(held);
      clock.advance(LOOK_MS);
    }
    governor.see(rule, null, 0);
    expect([governor.isTooHot, governor.atMost]).toEqual([false, null]);
  });

  it('is nothing once the rule is switched off', () => {
    const governor = new HeatGovernor(new FakeClock());
    for (let look = 0; look < 5; look += 1) governor.see(rule, 99, 4);
    governor.see({ ...rule, enabled: false }, null, 0);
    expect([governor.isTooHot, governor.atMost]).toEqual([false, null]);
  });
});
