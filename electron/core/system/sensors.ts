import type { EnergyCounter, Senses } from '../../contract/senses.ts';
import type { SensorReadings } from '../../contract/snapshot.ts';
import type { Clock } from '../clock.ts';
import { joulesBetween } from './energy.ts';

/** Read anew no sooner: what is measured over less says little. */
const FRESH_MS = 5000;
/** The counters may have gone round, or stood still while the computer slept. */
const LONGEST_MS = 60_000;
/** No processor takes more: a counter began anew. */
const MOST_WATTS = 2000;

/** What is measured of the processors: how hot they are, and what they draw between one reading and the next. */
export class Sensors {
  readonly #clock: Clock;
  readonly #senses: Pick<Senses, 'celsius' | 'energy'>;
  #before: { readonly atMs: number; readonly counters: readonly EnergyCounter[] } | undefined;
  #readings: SensorReadings = { watts: null, celsius: null };

  constructor(clock: Clock, senses: Pick<Senses, 'celsius' | 'energy'>) {
    this.#clock = clock;
    this.#senses = senses;
  }

  read(): SensorReadings {
    const atMs = this.#clock.throughSleepMs();
    const before = this.#before;
    if (before !== undefined && atMs - before.atMs < FRESH_MS) return this.#readings;
    const counters = this.#senses.energy();
    this.#before = { atMs, counters };
    this.#readings = {
      watts: before === undefined ? null : wattsOf(before.counters, counters, atMs - before.atMs),
      celsius: this.#senses.celsius(),
    };
    return this.#readings;
  }
}

function wattsOf(
  before: readonly EnergyCounter[],
  now: readonly EnergyCounter[],
  ms: number,
): number | null {
  const joules = joulesBetween(before, now);
  if (joules === null || ms > LONGEST_MS) return null;
  const watts = joules / (ms / 1000);
  return watts >= 0 && watts <= MOST_WATTS * now.length ? watts : null;
}
