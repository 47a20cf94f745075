import { describe, expect, it } from 'vitest';
import { WattsGovernor } from '../../../electron/core/rules/watts.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const LOOK_MS = 2000;
const MINUTE_MS = 60_000;
const rule = { enabled: true, maxWatts: 45 };

/** Threads over time on processors that draw so much with so many of them. */
function simulate(minutes: number, drawn: (threads: number, atMs: number) => number): number[] {
  const clock = new FakeClock();
  const governor = new WattsGovernor(clock);
  const course: number[] = [];
  for (let atMs = 0; atMs < minutes * MINUTE_MS; atMs += LOOK_MS) {
    const threads = Math.min(8, governor.atMost ?? 8);
    const noise = ((atMs / LOOK_MS) % 3) - 1;
    // Now and then nothing is told, or nonsense.
    const isWild = atMs % 62_000 === 0;
    const read = atMs % 38_000 === 0 ? null : isWild ? 900 : drawn(threads, atMs) + noise;
    governor.see(rule, read, threads);
    course.push(threads);
    clock.advance(LOOK_MS);
  }
  return course;
}

const after = (course: readonly number[], minute: number) =>
  course.slice((minute * MINUTE_MS) / LOOK_MS);

describe('watts', () => {
  it('are held below the ceiling by as many threads as fit, which then stay', () => {
    const settled = after(
      simulate(60, (threads) => 12 + 6 * threads),
      10,
    );
    expect(new Set(settled)).toEqual(new Set([5]));
  });

  it('that other programs take are given back when they are over', () => {
    const course = simulate(60, (threads, atMs) => {
      const others = atMs < 20 * MINUTE_MS ? 20 : 0;
      return 8 + others + 4 * threads;
    });
    expect(after(course, 15)[0]).toBe(4);
    expect(course.at(-1)).toBe(8);
  });

  it('that no thread fewer brings below it leave one that mines', () => {
    expect(simulate(20, (threads) => 80 + threads).at(-1)).toBe(1);
  });

  it('hold nothing back where they are not told, or not asked for', () => {
    const governor = new WattsGovernor(new FakeClock());
    for (let look = 0; look < 9; look += 1) governor.see(rule, null, 8);
    expect(governor.atMost).toBeNull();
    for (let look = 0; look < 9; look += 1) governor.see({ ...rule, enabled: false }, 900, 8);
    expect(governor.atMost).toBeNull();
  });
});
