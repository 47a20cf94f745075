import type { TlsOptions } from 'node:tls';
import { rxJob } from '../../support/stratum/exchange.ts';
import { ScriptedPool, type PoolConnection } from '../../support/stratum/scriptedPool.ts';

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A pool on a real socket that takes every login and every share, until it is told otherwise. */
export class FriendlyPool {
  readonly #pool: ScriptedPool;
  /** What it says to the next login or share instead of OK. */
  refusal: string | null = null;
  /** Of its jobs. */
  target = rxJob().target;
  readonly logins: Readonly<Record<string, unknown>>[] = [];

  #closed: Promise<void> | undefined;

  private constructor(pool: ScriptedPool) {
    this.#pool = pool;
    void this.#serve();
  }

  static async listen(where: { port?: number; tls?: TlsOptions } = {}): Promise<FriendlyPool> {
    return new FriendlyPool(await ScriptedPool.listen(where));
  }

  get port(): number {
    return this.#pool.port;
  }

  /** Gone, as seen from outside; may be called before `close`. */
  drop(): void {
    void this.close();
  }

  close(): Promise<void> {
    this.#closed ??= this.#pool.close();
    return this.#closed;
  }

  async #serve(): Promise<void> {
    for (;;) void this.#talk(await this.#pool.connection());
  }

  async #talk(connection: PoolConnection): Promise<void> {
    for (;;) {
      const line = await connection.line();
      if (!line.startsWith('{')) {
        connection.socket.destroy(); // TLS, say
        return;
      }
      const request = JSON.parse(line) as Request;
      connection.send({ id: request.id, jsonrpc: '2.0', ...this.#answer(request) });
    }
  }

  #answer({ method, params }: Request): object {
    if (method === 'login') this.logins.push(params);
    if (this.refusal !== null) return { error: { code: -1, message: this.refusal } };
    const result =
      method === 'login'
        ? { id: 'session', job: rxJob({ job_id: 'job-1', target: this.target }), status: 'OK' }
        : { status: method === 'submit' ? 'OK' : 'KEEPALIVED' };
    return { error: null, result };
  }
}
