import type { Settings } from '../../contract/settings.ts';
import type { PauseReason, Snapshot } from '../../contract/snapshot.ts';

/** Something worth telling a user who is not looking. Never a single share. */
export interface Notice {
  readonly kind: keyof Settings['notifications'];
  readonly body: string;
}

const DOWN_MS = 2 * 60_000;
/** The odds of so long without a share by chance alone are e^-5, one in 150. */
const EXPECTED_SHARES_MISSED = 5;
const REJECTED_PART = 0.05;
/** Fewer shares say nothing about a part in a hundred. */
const SHARES_TO_JUDGE = 40;

const byRule: Partial<Record<PauseReason, string>> = {
  battery: 'this computer runs on battery',
  inUse: 'you are using the computer',
  schedule: 'it is outside the scheduled hours',
  heat: 'the processor is too hot',
  fullScreen: 'a full-screen program is running',
  listedProcess: 'a program on your list is running',
};

/** Watches snapshots, about one a second, and says what changed. Each thing is told once until it is over. */
export class NoticeWatch {
  #pausedBy: string | null = null;
  #downSinceMs: number | null = null;
  #toldDown = false;
  #toldRejects = false;
  /** Expected shares since the last accepted one; null while not mining. */
  #missed = 0;
  #toldMissed = false;
  #last: Snapshot | null = null;

  see(snapshot: Snapshot): Notice[] {
    const last = this.#last;
    this.#last = snapshot;
    if (last === null) return [];
    return [
      this.#rulePauses(snapshot),
      this.#poolDown(snapshot),
      this.#noShares(snapshot, last),
      this.#rejects(snapshot),
    ].filter((notice) => notice !== null);
  }

  #rulePauses({ session }: Snapshot): Notice | null {
    const reasons = session.state === 'paused' ? session.reasons : [];
    const why = reasons.flatMap((reason) => byRule[reason] ?? [])[0] ?? null;
    const before = this.#pausedBy;
    this.#pausedBy = why;
    if (why === before) return null;
    if (why !== null) return { kind: 'rulePauses', body: `Paused: ${why}.` };
    const goesOn = session.state === 'mining' || session.state === 'preparing';
    return goesOn ? { kind: 'rulePauses', body: 'Mining again.' } : null;
  }

  #poolDown({ session, pool, takenAtMs }: Snapshot): Notice | null {
    const isOff = session.state === 'stopped' || session.state === 'needsConsent';
    if (isOff || pool === null) {
      this.#downSinceMs = null;
      this.#toldDown = false;
      return null;
    }
    if (pool.link === 'loggedIn') {
      const wasTold = this.#toldDown;
      this.#downSinceMs = null;
      this.#toldDown = false;
      return wasTold ? { kind: 'poolDown', body: `${pool.host} is back.` } : null;
    }
    this.#downSinceMs ??= takenAtMs;
    if (this.#toldDown || takenAtMs - this.#downSinceMs < DOWN_MS) return null;
    this.#toldDown = true;
    return { kind: 'poolDown', body: `${pool.host} has not been reachable for 2 minutes.` };
  }

  #noShares(snapshot: Snapshot, last: Snapshot): Notice | null {
    const { session, job, shares, hashes } = snapshot;
    if (session.state === 'stopped' || shares.accepted > last.shares.accepted) {
      this.#missed = 0;
      this.#toldMissed = false;
      return null;
    }
    if (job !== null) this.#missed += Math.max(0, hashes - last.hashes) / job.difficulty;
    if (this.#toldMissed || this.#missed < EXPECTED_SHARES_MISSED) return null;
    this.#toldMissed = true;
    return {
      kind: 'noShares',
      body: `No share in ${EXPECTED_SHARES_MISSED} times the expected time: open Shares to see why.`,
    };
  }

  #rejects({ shares }: Snapshot): Notice | null {
    const { accepted, rejected } = shares;
    const isBad =
      accepted + rejected >= SHARES_TO_JUDGE && rejected / (accepted + rejected) > REJECTED_PART;
    const isNews = isBad && !this.#toldRejects;
    this.#toldRejects = isBad;
    return isNews
      ? {
          kind: 'rejects',
          body: `The pool rejects ${Math.round((100 * rejected) / (accepted + rejected))} % of your shares.`,
        }
      : null;
  }
}
