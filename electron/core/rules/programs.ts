import type { Clock } from '../clock.ts';
import type { Senses } from '../../contract/senses.ts';

/** Looking through all processes costs time; a game that starts another program must not let mining in between. */
const LOOK_EVERY_MS = 5000;
const LINGER_MS = 15_000;

/** A name so long may be the beginning of one only (Linux, TASK_COMM_LEN). */
const CUT_BYTES = 15;

/** Whether one of these is among the programs that run; `game` also means `game.exe`. */
export function runsAny(listed: readonly string[], running: readonly string[]): boolean {
  const wanted = listed.flatMap((name) => [name.toLowerCase(), `${name.toLowerCase()}.exe`]);
  return running.some((program) => {
    const name = program.toLowerCase();
    const mayBeCut = Buffer.byteLength(program) === CUT_BYTES;
    return wanted.some((one) => one === name || (mayBeCut && one.startsWith(name)));
  });
}

/** For "pause while these programs run": looks now and then, and holds on for a while after the last was seen. */
export class ProgramWatch {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #running: Senses['runningPrograms'];
  #listed: readonly string[] = [];
  #lookedAtMs = -Infinity;
  #seenAtMs = -Infinity;

  constructor(clock: Pick<Clock, 'nowMs'>, running: Senses['runningPrograms']) {
    this.#clock = clock;
    this.#running = running;
  }

  /** False, too, where nothing tells which programs run. */
  holds(listed: readonly string[]): boolean {
    if (listed.length === 0 || this.#running === null) return false;
    const nowMs = this.#clock.nowMs();
    if (listed.join('\n') !== this.#listed.join('\n')) {
      this.#listed = listed;
      this.#lookedAtMs = this.#seenAtMs = -Infinity;
    }
    if (nowMs - this.#lookedAtMs >= LOOK_EVERY_MS) {
      this.#lookedAtMs = nowMs;
      if (runsAny(listed, this.#running())) this.#seenAtMs = nowMs;
    }
    return nowMs - this.#seenAtMs < LINGER_MS;
  }
}
