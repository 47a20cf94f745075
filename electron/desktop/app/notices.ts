import type { Settings } from '../../contract/settings.ts';
import type { Pause, PauseReason, Snapshot } from '../../contract/snapshot.ts';
import type { Text } from '../../contract/text/index.ts';
import { whyLine } from '../../contract/text/why.ts';

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

/** The user's own pauses are no news to him. */
const isRule = ({ reason }: Pause) => reason !== 'user' && reason !== 'snooze';

/** Watches snapshots, about one a second, and says what changed. Each thing is told once until it is over. */
export class NoticeWatch {
  readonly #text: () => Text;
  #pausedBy: PauseReason | null = null;
  #downSinceMs: number | null = null;
  #toldDown = false;
  #toldRejects = false;
  /** Expected shares since the last accepted one; null while not mining. */
  #missed = 0;
  #toldMissed = false;
  #last: Snapshot | null = null;

  constructor(text: () => Text) {
    this.#text = text;
  }

  see(snapshot: Snapshot): Notice[] {
    const last = this.#last;
    this.#last = snapshot;
    if (last === null) return [];
    return [
      this.#failure(snapshot, last),
      this.#rulePauses(snapshot),
      this.#poolDown(snapshot),
      this.#noShares(snapshot, last),
      this.#rejects(snapshot),
    ].filter((notice) => notice !== null);
  }

  #rulePauses({ session, practice }: Snapshot): Notice | null {
    const pause = session.state === 'paused' ? session.pauses.find(isRule) : undefined;
    const before = this.#pausedBy;
    this.#pausedBy = pause?.reason ?? null;
    if (this.#pausedBy === before) return null;
    const text = this.#text();
    if (pause !== undefined) {
      const alone: Snapshot['session'] = { state: 'paused', pauses: [pause] };
      const body = whyLine(text, { session: alone, practice }, { countdown: false });
      return { kind: 'rulePauses', body };
    }
    const goesOn = session.state === 'mining' || session.state === 'preparing';
    return goesOn ? { kind: 'rulePauses', body: text.t('notification.goesOn') } : null;
  }

  /** Mining has ended, and only Start brings it back: told as what it is. */
  #failure({ session }: Snapshot, last: Snapshot): Notice | null {
    if (session.state !== 'failed' || last.session.state === 'failed') return null;
    return { kind: 'failures', body: this.#text().sentence(session.problem) };
  }

  #poolDown({ activity, pool, monotonicMs }: Snapshot): Notice | null {
    if (activity === 'off' || pool === null) {
      this.#downSinceMs = null;
      this.#toldDown = false;
      return null;
    }
    if (pool.link === 'loggedIn') {
      const wasTold = this.#toldDown;
      this.#downSinceMs = null;
      this.#toldDown = false;
      if (!wasTold) return null;
      return {
        kind: 'poolDown',
        body: this.#text().t('notification.poolBack', { host: pool.host }),
      };
    }
    this.#downSinceMs ??= monotonicMs;
    if (this.#toldDown || monotonicMs - this.#downSinceMs < DOWN_MS) return null;
    this.#toldDown = true;
    const { host, lastError } = pool;
    const { t, sentence } = this.#text();
    const body =
      lastError === null
        ? t('notification.poolDown', { host })
        : t('notification.poolDownBecause', { host, why: sentence(lastError) });
    return { kind: 'poolDown', body };
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
      body: this.#text().t('notification.noShares', { times: EXPECTED_SHARES_MISSED }),
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
          body: this.#text().t('notification.rejects', {
            part: rejected / (accepted + rejected),
          }),
        }
      : null;
  }
}
