import { hostname } from 'node:os';
import type { Socket } from 'node:net';
import { ApiFactsKeeper } from '../../core/api/apiFacts.ts';
import { startApi, type ApiServer } from '../../core/api/server.ts';
import type { ApiState } from '../../contract/ipc.ts';
import { problem } from '../../contract/problem.ts';
import { refused, type Result } from '../../contract/result.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

type ApiSettings = Settings['api'];
export type ApiOpener = (at: Pick<ApiSettings, 'port' | 'token'>) => Promise<Result<ApiServer>>;

/** Keeps the HTTP API as the settings want it: one change after the other, never two servers at once. */
export class ApiHost {
  readonly #open: ApiOpener;
  #server: ApiServer | null = null;
  #applied = '';
  #state: ApiState = { state: 'off' };
  #work: Promise<void> = Promise.resolve();

  constructor(open: ApiOpener) {
    this.#open = open;
  }

  /** What became of the settings applied last; waits until that is known. */
  async state(): Promise<ApiState> {
    await this.#work;
    return this.#state;
  }

  apply(settings: ApiSettings): void {
    const wanted = JSON.stringify(settings);
    if (wanted === this.#applied) return;
    this.#applied = wanted;
    this.#work = this.#work.then(() => this.#change(settings));
  }

  async close(): Promise<void> {
    this.apply({ enabled: false, port: 0, token: '' });
    await this.#work;
  }

  async #change({ enabled, port, token }: ApiSettings): Promise<void> {
    await this.#server?.close();
    this.#server = null;
    this.#state = { state: 'off' };
    if (!enabled) return;
    const opened = await this.#opened({ port, token });
    if (opened.ok) {
      this.#server = opened.value;
      this.#state = { state: 'on', port: opened.value.port };
    } else this.#state = { state: 'failed', problem: opened.error };
  }

  /** Whatever goes wrong in there, the app goes on and can quit. */
  async #opened(at: Pick<ApiSettings, 'port' | 'token'>): Promise<Result<ApiServer>> {
    try {
      return await this.#open(at);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return refused(problem('internal', { reason }));
    }
  }
}

export interface ApiParts {
  readonly version: string;
  readonly snapshot: () => Snapshot;
  readonly onConnection: (port: number, socket: Socket) => void;
}

/** The HTTP API over what the app shows. */
export function apiOpener({ version, snapshot, onConnection }: ApiParts): ApiOpener {
  return (at) => {
    const opened = ApiFactsKeeper.open(hostname(), version);
    if (!opened.ok) return Promise.resolve(opened);
    const keeper = opened.value;
    return startApi({
      ...at,
      onConnection: (socket) => onConnection(at.port, socket),
      snapshot: () => {
        const now = snapshot();
        keeper.note(now);
        return now;
      },
      facts: () => keeper.facts(),
    });
  };
}
