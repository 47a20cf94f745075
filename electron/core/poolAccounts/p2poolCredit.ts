import { isPrivateWay } from '../../contract/host.ts';
import type { HistoryRecord } from '../../contract/history.ts';
import type { Credit } from '../../contract/poolAccount.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Cancel, Clock } from '../clock.ts';
import { readP2poolCount } from '../money/p2pool.ts';
import { creditOf } from './credit.ts';
import type { Readings } from './readings.ts';

/** The minutes of a week are read for it. */
const EVERY_MS = 5 * 60_000;

export interface P2poolCreditParts {
  readonly clock: Clock;
  readonly settings: () => Pick<Settings, 'pools' | 'money'>;
  readonly readings: Readings;
  /** Of real mining, what began since. */
  readonly minedSince: (sinceMs: number) => Promise<HistoryRecord[]>;
  /** Something became known. */
  readonly onChange: () => void;
}

interface Place {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
}

/** What was sent to the user's P2Pool against what it counted, from its own files: nobody is asked. */
export class P2poolCredit {
  readonly #parts: P2poolCreditParts;
  readonly #stopLooking: Cancel;
  /** Where it was looked last, or is being looked. */
  #lookedAt: Place | null = null;
  #newest: { readonly at: Place; readonly credit: Credit | null } | null = null;

  constructor(parts: P2poolCreditParts) {
    this.#parts = parts;
    this.#stopLooking = parts.clock.every(EVERY_MS, () => void this.look());
  }

  /** Null: it does not tell, or cannot be compared. Another place is looked at from the first question on. */
  get credit(): Credit | null {
    const at = this.#place();
    if (at === null) return null;
    if (!isSame(at, this.#lookedAt)) void this.look();
    return isSame(at, this.#newest?.at) ? (this.#newest?.credit ?? null) : null;
  }

  /** Compares anew. */
  async look(): Promise<void> {
    const at = this.#place();
    this.#lookedAt = at;
    const newest = at && { at, credit: await this.#compare(at) };
    if (at !== this.#lookedAt) return;
    this.#newest = newest;
    this.#parts.onChange();
  }

  close(): void {
    this.#stopLooking();
  }

  async #compare({ folder, host, port }: Place): Promise<Credit | null> {
    const { clock, readings, minedSince } = this.#parts;
    const count = readP2poolCount(folder, clock.wallMs());
    if (count === null) return null;
    // Its counters are those of one process.
    const process = `${folder} ${String(count.startedAtMs)}`;
    const first = readings.note('p2pool', process, count);
    const mined = await minedSince(first.atMs);
    const here = ({ source, atMs }: HistoryRecord) =>
      source.kind === 'stratum' &&
      source.host === host &&
      source.port === port &&
      atMs < count.atMs;
    return creditOf(first, count, mined.filter(here));
  }

  /** Where P2Pool is mined at. Two places on this computer cannot be told apart. */
  #place(): Place | null {
    const { pools, money } = this.#parts.settings();
    const [place, ...others] = pools.filter(
      ({ kind, host }) => kind === 'stratum' && isPrivateWay(host),
    );
    const folder = money.p2poolFolder;
    if (folder === null || place === undefined || others.length > 0) return null;
    return { folder, host: place.host, port: place.port };
  }
}

function isSame(one: Place, other: Place | null | undefined): boolean {
  return one.folder === other?.folder && one.host === other.host && one.port === other.port;
}
