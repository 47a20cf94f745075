import { StratumClient } from '../../../electron/core/work/stratum/client.ts';
import type { StratumOptions } from '../../../electron/core/work/stratum/stratumOptions.ts';
import type { Job, Share } from '../../../electron/core/work/job.ts';
import type { SourceEvent, WorkSource } from '../../../electron/core/work/source.ts';
import { afterEach, beforeEach, vi } from 'vitest';
import { address } from './exchange.ts';
import { FakeClock } from '../fakeClock.ts';
import { Queue } from './queue.ts';
import { ScriptedPool } from './scriptedPool.ts';
import { said } from '../said.ts';

// Nothing here takes long, but the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export type EventOf<T extends SourceEvent['type']> = Extract<SourceEvent, { type: T }>;

/** Keeps a work source's events for a test to look at, in order. */
export class EventLog {
  readonly #queue = new Queue<SourceEvent>();
  /** All of them, taken or not. */
  readonly all: SourceEvent[] = [];

  readonly #reactions = new Map<SourceEvent['type'], () => void>();

  readonly listener = (event: SourceEvent): void => {
    this.all.push(event);
    this.#queue.push(event);
    this.#reactions.get(event.type)?.();
  };

  /** Does something from within the event. */
  whenever(type: SourceEvent['type'], react: () => void): void {
    this.#reactions.set(type, react);
  }

  /** The next event of this type; what comes before it is passed over. */
  async next<T extends SourceEvent['type']>(type: T): Promise<EventOf<T>> {
    for (;;) {
      const event = await this.#queue.next();
      if (event.type === type) return event as EventOf<T>;
      if (event.type === 'failed') throw new Error(`failed: ${said(event.error)}`);
    }
  }

  of<T extends SourceEvent['type']>(type: T): EventOf<T>[] {
    return this.all.filter((event): event is EventOf<T> => event.type === type);
  }
}

export const defaultOptions: Omit<StratumOptions, 'host' | 'port'> = {
  login: address,
  pass: 'x',
  agentVersion: '1.0.0',
};

/** A real client on a fake clock. */
export interface Miner {
  readonly client: StratumClient;
  readonly clock: FakeClock;
  readonly events: EventLog;
}

const running: WorkSource[] = [];

export function startMiner(
  port: number,
  changed: Partial<StratumOptions> = {},
  clock = new FakeClock(),
): Miner {
  const events = new EventLog();
  const options = { ...defaultOptions, host: '127.0.0.1', port, ...changed };
  const client = new StratumClient(options, events.listener, clock);
  running.push(client);
  client.start();
  return { client, clock, events };
}

/** For `afterEach`. */
export function stopMiners(): void {
  for (const client of running.splice(0)) client.stop();
}

/** A pool for each test of a file, and an end to every miner after it. */
export function poolForEachTest(): { readonly pool: ScriptedPool } {
  const each: { pool?: ScriptedPool } = {};
  beforeEach(async () => {
    each.pool = await ScriptedPool.listen();
  });
  afterEach(async () => {
    stopMiners();
    await each.pool?.close();
  });
  return {
    get pool() {
      if (!each.pool) throw new Error('no test is running');
      return each.pool;
    },
  };
}

/** A share of this job that any pool would be glad of, if it were true. */
export function forgeShare(job: Job, nonce = 1): Share {
  const nonceBytes = new Uint8Array(4);
  new DataView(nonceBytes.buffer).setUint32(0, nonce, true);
  if (job.reservedNonceBytes > 0) nonceBytes.set(job.blob.subarray(42, 43), 3);
  const blob = Uint8Array.from(job.blob);
  blob.set(nonceBytes, job.nonceOffset);
  return {
    jobId: job.jobId,
    algorithm: job.algorithm,
    nonce: nonceBytes,
    result: new Uint8Array(32),
    blob,
    difficulty: job.difficulty,
    ...(job.seedHash && { seedHash: job.seedHash }),
  };
}
