import type { Share } from '../job.ts';
import type { Cancel, Clock } from './clock.ts';

const SUBMIT_DEADLINE_MS = 60_000;
/** So many unanswered shares with not a byte received meanwhile: nobody is there. */
const SILENT_EXPIRIES = 3;

interface Pending {
  readonly share: Share;
  readonly sentAtMs: number;
  readonly cancelExpiry: Cancel;
}

/** Shares that were sent and not yet answered, by request id. */
export class PendingShares {
  readonly #clock: Clock;
  readonly #onExpired: (share: Share, poolIsSilent: boolean) => void;
  readonly #byId = new Map<number, Pending>();
  #expiredInSilence = 0;

  constructor(clock: Clock, onExpired: (share: Share, poolIsSilent: boolean) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  add(id: number, share: Share): void {
    const cancelExpiry = this.#clock.after(SUBMIT_DEADLINE_MS, () => {
      this.#byId.delete(id);
      this.#expiredInSilence += 1;
      this.#onExpired(share, this.#expiredInSilence >= SILENT_EXPIRIES);
    });
    this.#byId.set(id, { share, sentAtMs: this.#clock.now(), cancelExpiry });
  }

  /** The share that a reply with this id settles. */
  take(id: number): { readonly share: Share; readonly roundTripMs: number } | undefined {
    const pending = this.#byId.get(id);
    if (!pending) return undefined;
    this.#byId.delete(id);
    pending.cancelExpiry();
    return { share: pending.share, roundTripMs: this.#clock.now() - pending.sentAtMs };
  }

  heardFromPool(): void {
    this.#expiredInSilence = 0;
  }

  shares(): readonly Share[] {
    return [...this.#byId.values()].map(({ share }) => share);
  }

  clear(): void {
    for (const { cancelExpiry } of this.#byId.values()) cancelExpiry();
    this.#byId.clear();
  }
}
