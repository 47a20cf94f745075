import { describe, expect, it } from 'vitest';
import type { EngineStatus } from '../../../../electron/core/engine/engine.ts';
import type { Room, Setup } from '../../../../electron/core/engine/learning/challengers.ts';
import { Learner } from '../../../../electron/core/engine/learning/learner.ts';

const POLL_MS = 500;
const all: Room = {
  lanes: true,
  roundings: ['control', 'embedded'],
  prefetches: ['t0', 'nta'],
  mostThreads: 8,
};
const lanesOnly: Room = { lanes: true, roundings: [], prefetches: [], mostThreads: null };
const first: Setup = { threads: 4, interleave: 1, rounding: 'auto', prefetch: 'auto' };

/** A machine that does what the learner asks for, and hashes as fast as a test says. */
class Machine {
  readonly learner: Learner;
  readonly tried: Setup[] = [];
  nowMs = 0;
  state: EngineStatus['state'] = 'fast';
  mostLanes = 4;
  readonly #rate: (setup: Setup) => number;
  readonly #watts: (setup: Setup) => number;
  #hashes = 0;
  #joules = 0;

  constructor(
    rate: (setup: Setup) => number,
    room: Room = lanesOnly,
    watts?: (setup: Setup) => number,
  ) {
    const energy = () => [{ name: 'package-0', joules: this.#joules % 1000, rangeJoules: 1000 }];
    this.learner = new Learner(first, room, 'fast', watts === undefined ? {} : { energy });
    this.#rate = rate;
    this.#watts = watts ?? (() => 0);
  }

  poll(): void {
    const { setup } = this.learner;
    if (!this.tried.some((other) => JSON.stringify(other) === JSON.stringify(setup)))
      this.tried.push(setup);
    this.nowMs += POLL_MS;
    if (this.state === 'fast') this.#hashes += (this.#rate(setup) * POLL_MS) / 1000;
    this.#joules += (this.#watts(setup) * POLL_MS) / 1000;
    const others = Array.from({ length: setup.threads - 1 }, () => 0);
    const interleave = Math.min(setup.interleave, this.mostLanes);
    const { state } = this;
    const status = { state, interleave, hashesByThread: [this.#hashes, ...others] };
    this.learner.see(status as unknown as EngineStatus, this.nowMs);
  }

  /** Until all was tried. */
  learn() {
    while (this.learner.learned === null) this.poll();
    return this.learner.learned;
  }
}

describe('a learner', () => {
  it('tries every number of lanes and keeps the fastest, whatever lies between', () => {
    const rates = [0, 218, 198, 220, 250];
    const machine = new Machine(({ interleave }) => rates[interleave] ?? 0);
    const learned = machine.learn();
    expect(learned).toMatchObject({ threads: 4, interleave: 4, rounding: 'auto' });
    expect(learned.curve).toEqual([{ threads: 4, interleave: 4, hashesPerSecond: 250 }]);
    expect(machine.tried.map(({ interleave }) => interleave)).toEqual([1, 2, 3, 4]);
    expect(machine.learner.state).toEqual({ trying: null, points: learned.curve });
  });

  it('goes on with threads in the direction that pays, and no further', () => {
    const threadRates = [0, 100, 200, 300, 400, 500, 600, 590];
    const machine = new Machine(
      ({ threads, rounding }) => (threadRates[threads] ?? 0) * (rounding === 'control' ? 1.1 : 1),
      all,
    );
    const learned = machine.learn();
    expect(learned).toMatchObject({ threads: 6, interleave: 1, rounding: 'control' });
    expect(learned.curve.map(({ threads }) => threads)).toEqual([4, 5, 6, 7]);
    expect(Math.max(...machine.tried.map(({ threads }) => threads))).toBe(7);
  });

  it('keeps the prefetch that pays, and tries threads with it', () => {
    const machine = new Machine(
      ({ threads, prefetch }) => threads * (prefetch === 'nta' ? 110 : 100),
      all,
    );
    expect(machine.learn()).toMatchObject({ threads: 8, prefetch: 'nta', rounding: 'auto' });
    const beyond = machine.tried.filter(({ threads }) => threads > first.threads);
    expect(new Set(beyond.map(({ prefetch }) => prefetch))).toEqual(new Set(['nta']));
  });

  it('finds that fewer threads are faster', () => {
    const machine = new Machine(({ threads }) => 1000 / threads, all);
    expect(machine.learn()).toMatchObject({ threads: 1 });
  });

  it('keeps what makes most of a joule where joules are told, and says how fast that is', () => {
    const rates = [0, 200, 210, 220, 230];
    const watts = [0, 40, 35, 60, 60];
    const machine = new Machine(
      ({ interleave }) => rates[interleave] ?? 0,
      lanesOnly,
      ({ interleave }) => watts[interleave] ?? 0,
    );
    expect(machine.learn()).toMatchObject({
      interleave: 2,
      curve: [{ threads: 4, interleave: 2, hashesPerSecond: 210 }],
    });
  });

  it('goes by speed where the counters tell nothing', () => {
    const machine = new Machine(
      ({ interleave }) => 100 * interleave,
      lanesOnly,
      () => 0,
    );
    expect(machine.learn()).toMatchObject({ interleave: 4 });
  });

  it('counts nothing while it is paused, and begins the slice anew', () => {
    const machine = new Machine(() => 100);
    for (let poll = 0; poll < 12; poll += 1) machine.poll();
    machine.state = 'paused';
    for (let poll = 0; poll < 100; poll += 1) machine.poll();
    expect(machine.tried).toHaveLength(1);
    machine.state = 'fast';
    for (let poll = 0; poll < 20; poll += 1) machine.poll();
    expect(machine.tried).toHaveLength(1);
    for (let poll = 0; poll < 5; poll += 1) machine.poll();
    expect(machine.tried).toHaveLength(2);
  });

  it('does not wait for lanes that the system refuses', () => {
    const machine = new Machine(({ interleave }) => 100 * interleave);
    machine.mostLanes = 2;
    expect(machine.learn()).toMatchObject({ interleave: 2 });
  });
});
