import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Miner } from 'randomx-native-prebuilt';
import type { MinerEvent, MinerJob, MinerOptions, MinerSnapshot } from 'randomx-native-prebuilt';

/** The official test key; its cache is kept open by the tests so that every start is quick. */
export const keyA = Buffer.from('test key 000');
export const keyB = Buffer.from('test key 001');

export const EVERY_HASH = 2n ** 64n - 1n;

export function job(content: number, changes: Partial<MinerJob> = {}): MinerJob {
  const blob = Buffer.alloc(76, content);
  return {
    algorithm: 'rx/0',
    blob,
    nonceOffset: 39,
    reservedNonceBytes: 0,
    target: EVERY_HASH,
    key: keyA,
    ...changes,
  };
}

/** How many this process has. */
export const threads = (): number => readdirSync('/proc/self/task').length;

export type ShareEvent = Extract<MinerEvent, { type: 'share' }>;

/** A miner that remembers every event. */
export class WatchedMiner {
  readonly miner: Miner;
  readonly events: MinerEvent[] = [];

  constructor(options: Partial<MinerOptions> = {}) {
    this.miner = Miner.create({ cpus: [0], mode: 'light', priority: 'normal', ...options });
  }

  poll(): MinerSnapshot {
    const { snapshot, events } = this.miner.poll();
    this.events.push(...events);
    return snapshot;
  }

  get hashes(): number {
    return this.poll().hashesByThread.reduce((sum, count) => sum + count, 0);
  }

  shares(jobNumber?: number): ShareEvent[] {
    return this.events
      .filter((event) => event.type === 'share')
      .filter((share) => jobNumber === undefined || share.jobNumber === jobNumber);
  }

  /** The limit is for hung engines only: test machines may be slow. */
  async until(
    done: (snapshot: MinerSnapshot) => boolean,
    limitMs = 300_000,
  ): Promise<MinerSnapshot> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const snapshot = this.poll();
      if (done(snapshot)) return snapshot;
      if (performance.now() > deadline) {
        throw new Error(`not in time: ${JSON.stringify(snapshot)}`);
      }
      await delay(5);
    }
  }

  async stop(): Promise<void> {
    await this.miner.stop();
  }
}

export function nonceOf(share: ShareEvent): number {
  return Buffer.from(share.nonce).readUInt32LE(0);
}

export function withNonce(mined: MinerJob, share: ShareEvent): Buffer {
  const blob = Buffer.from(mined.blob);
  blob.set(share.nonce, mined.nonceOffset);
  return blob;
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
