import type { Socket } from 'node:net';
import { problem } from '../../../contract/problem.ts';
import type { Share } from '../job.ts';
import type { Endpoint, SourceEvent, SourceListener, WorkSource } from '../source.ts';
import { StratumClient } from '../stratum/client.ts';
import type { Inspector } from '../stratum/inspector.ts';
import { PRACTICE_HOST, PracticeServer, type PracticeServerOptions } from './server.ts';

export interface PracticeOptions extends PracticeServerOptions {
  readonly agentVersion: string;
  /** Gives back the memory that verifying took, when the practice ends. */
  readonly releaseCaches: () => Promise<void>;
  readonly inspector?: Inspector;
  readonly onOpening?: (
    purpose: 'practice',
    place: { readonly host: string; readonly port: null },
    socket: Socket,
  ) => void;
}

/** The practice pool and a stratum client connected to it: everything is real but the money. */
export class PracticeSource implements WorkSource {
  readonly #options: PracticeOptions;
  readonly #listener: SourceListener;
  readonly #server: PracticeServer;
  #port = 0;
  #client: StratumClient | undefined;
  #stopped = false;

  constructor(options: PracticeOptions, listener: SourceListener) {
    this.#options = options;
    this.#listener = listener;
    this.#server = new PracticeServer(options);
  }

  /** The port is 0 until the operating system has chosen one. */
  get endpoint(): Endpoint {
    return { kind: 'practice', host: PRACTICE_HOST, port: this.#port, tls: false };
  }

  start(): void {
    this.#server.listen().then(
      (port) => this.#connect(port),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.#tell({ type: 'failed', error: problem('practiceNoServer', { reason }) });
      },
    );
  }

  nextBlock(): void {
    this.#server.nextBlock();
  }

  fork(): void {
    this.#server.fork();
  }

  submit(share: Share): void {
    this.#client?.submit(share);
  }

  wake(): void {
    // Nothing on this computer is lost in its sleep.
  }

  async leave(timeoutMs: number): Promise<void> {
    await this.#client?.leave(timeoutMs);
    this.stop();
  }

  stop(): void {
    this.#stopped = true;
    this.#client?.stop();
    this.#server.close();
    void this.#options.releaseCaches();
  }

  #connect(port: number): void {
    const { agentVersion, inspector, onOpening } = this.#options;
    if (this.#stopped) {
      this.#server.close();
      return;
    }
    this.#port = port;
    this.#client = new StratumClient(
      {
        host: PRACTICE_HOST,
        port,
        login: 'practice',
        pass: 'x',
        agentVersion,
        onOpening: (socket) => onOpening?.('practice', { host: PRACTICE_HOST, port: null }, socket),
        ...(inspector === undefined ? {} : { inspector }),
      },
      (event) => this.#tell('endpoint' in event ? { ...event, endpoint: this.endpoint } : event),
      this.#options.clock,
    );
    this.#client.start();
  }

  #tell(event: SourceEvent): void {
    if (!this.#stopped) this.#listener(event);
  }
}
