import type { SessionEvent } from '../core/mining/session.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { InspectedMessage } from '../core/work/stratum/inspector.ts';

/** The last word: what a run came to. */
export interface Summary {
  readonly accepted: number;
  readonly rejected: number;
  readonly stale: number;
  readonly hashes: number;
  readonly seconds: number;
}

/** What the terminal miner shows, for people or for programs. */
export interface Output {
  onEvent(event: SessionEvent): void;
  /** Called once a second. */
  onTick(snapshot: Snapshot): void;
  /** A line from or to the pool, when asked to show them; its text is the pool's. */
  onMessage(message: InspectedMessage): void;
  /** The HTTP API answers at this address. */
  onApi(url: string): void;
  /** Nothing is shown after this. */
  onEnd(summary: Summary): void;
}
