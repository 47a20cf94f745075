import { StratumClient } from '../../../electron/work/stratum/client.ts';
import type { StratumOptions } from '../../../electron/work/stratum/options.ts';
import { algorithms } from '../../../electron/work/job.ts';
import type { SourceEvent, WorkSource } from '../../../electron/work/source.ts';
import { address } from './exchange.ts';
import { FakeClock } from './fakeClock.ts';
import { Queue } from './queue.ts';

export type EventOf<T extends SourceEvent['type']> = Extract<SourceEvent, { type: T }>;

/** Keeps a work source's events for a test to look at, in order. */
export class EventLog {
  readonly #queue = new Queue<SourceEvent>();
  /** All of them, taken or not. */
  readonly all: SourceEvent[] = [];

  readonly listener = (event: SourceEvent): void => {
    this.all.push(event);
    this.#queue.push(event);
  };

  /** The next event of this type; what comes before it is passed over. */
  async next<T extends SourceEvent['type']>(type: T): Promise<EventOf<T>> {
    for (;;) {
      const event = await this.#queue.next();
      if (event.type === type) return event as EventOf<T>;
      if (event.type === 'failed') throw new Error(`failed: ${event.error.message}`);
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
  minable: algorithms,
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

/** Until everything written so far on loopback has surely been read: two rounds through the event loop's polls. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
