import type { LogEntry, LogLine, StateLine } from '../../contract/logLine.ts';
import type { Problem, Value, Values } from '../../contract/problem.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import { redact } from '../../core/wallet/redact.ts';

const CAPACITY = 1000;
/** What others say is cut: a line is for reading. */
const MAX_VALUE_LENGTH = 400;

/** The newest log lines, with addresses redacted before they are kept. */
export class LogRing {
  readonly #entries: LogEntry[] = [];
  #count = 0;
  readonly #onEntry: (entry: LogEntry) => void;
  readonly #clock: Pick<Clock, 'wallMs'>;

  constructor(onEntry: (entry: LogEntry) => void, clock: Pick<Clock, 'wallMs'> = systemClock) {
    this.#clock = clock;
    this.#onEntry = onEntry;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** What came after the first `seen` lines, as far as it is still here, and how many there were in all. */
  since(seen: number): { readonly entries: readonly LogEntry[]; readonly count: number } {
    const fresh = Math.min(this.#count - seen, this.#entries.length);
    return { entries: this.#entries.slice(this.#entries.length - fresh), count: this.#count };
  }

  add(line: LogLine | StateLine): void {
    const timeMs = this.#clock.wallMs();
    const entry: LogEntry =
      'key' in line
        ? { ...line, timeMs, values: redactValues(line.values) }
        : { ...line, timeMs, state: redactState(line.state) };
    this.#entries.push(entry);
    this.#count += 1;
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    this.#onEntry(entry);
  }

  /** Something went wrong. */
  tell(level: 'warn' | 'error', problem: Problem): void {
    this.add({ level, key: 'problem', values: { problem } });
  }
}

function redactState(state: StateLine['state']): StateLine['state'] {
  switch (state.state) {
    case 'waiting':
      return { ...state, why: redactProblem(state.why) };
    case 'failed':
      return { ...state, problem: redactProblem(state.problem) };
    case 'needsConsent':
    case 'stopped':
    case 'connecting':
    case 'preparing':
    case 'mining':
    case 'paused':
      return state;
  }
}

function redactProblem(problem: Problem): Problem {
  return { ...problem, values: redactValues(problem.values) };
}

function redactValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, redactValue(value)]),
  );
}

function redactValue(value: Value): Value {
  if (typeof value === 'string') return redact(value.slice(0, MAX_VALUE_LENGTH));
  return typeof value === 'object' ? redactProblem(value) : value;
}
