import type { Share } from '../job.ts';
import type { Cancel, Clock } from '../../clock.ts';

const SUBMIT_DEADLINE_MS = 60_000;

interface Pending {
  readonly share: Share;
  readonly sentAtMs: number;
  readonly cancelExpiry: Cancel;
}

/** Shares that were sent and not yet answered, by request id. */
export class PendingShares {
  readonly #clock: Clock;
  readonly #onExpired: (share: Share) => void;
  readonly #byId = new Map<number, Pending>();

  constructor(clock: Clock, onExpired: (share: Share) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  add(id: number, share: Share): void {
    const sentAtMs = this.#clock.nowMs();
    const cancelExpiry = this.#clock.after(SUBMIT_DEADLINE_MS, () => {
      this.#byId.delete(id);
      this.#onExpired(share);
    });
    this.#byId.set(id, { share, sentAtMs, cancelExpiry });
  }

  /** The share that a reply with this id settles. */
  take(id: number): { readonly share: Share; readonly roundTripMs: number } | undefined {
    const pending = this.#byId.get(id);
    if (!pending) return undefined;
    this.#byId.delete(id);
    pending.cancelExpiry();
    return { share: pending.share, roundTripMs: this.#clock.nowMs() - pending.sentAtMs };
  }

  /** All that are left; none is kept. */
  clear(): readonly Share[] {
    const left = [...this.#byId.values()];
    this.#byId.clear();
    for (const { cancelExpiry } of left) cancelExpiry();
    return left.map(({ share }) => share);
  }
}
