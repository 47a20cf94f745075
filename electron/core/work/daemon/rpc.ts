import http from 'node:http';
import { z } from 'zod';
import { problem, type Problem } from '../../../contract/problem.ts';
import type { Clock } from '../../clock.ts';
import { formatHostPort } from '../poolUrl.ts';
import { NodeAgent } from './nodeAgent.ts';
import { Authorization } from './authorization.ts';
import { NodeError } from './nodeError.ts';

interface Answer {
  readonly status: number;
  readonly authenticate: string;
  readonly text: string;
}

/** For a whole call, however the answer drips in. */
const TIMEOUT_MS = 20_000;
/** A template with a full block in it is far below this. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

const jsonRpcResponse = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

export interface RpcOptions {
  readonly host: string;
  readonly port: number;
  /** Before monerod's own paths; without a slash at the end. */
  readonly path: string;
  readonly agent: NodeAgent;
  readonly authorization: Authorization;
  readonly clock: Pick<Clock, 'after'>;
  /** Something answered, whatever it said. */
  readonly onAnswer: () => void;
}

/** monerod's HTTP interface. Every call throws NodeError. */
export class DaemonRpc {
  readonly #options: RpcOptions;
  /** Counts how often the connections were given up. */
  #renewals = 0;

  constructor(options: RpcOptions) {
    this.#options = options;
  }

  /** A JSON-RPC method. */
  async call<T>(method: string, params: unknown, schema: z.ZodType<T>): Promise<T> {
    const request = { jsonrpc: '2.0', id: '0', method, params };
    const response = parse(jsonRpcResponse, await this.#post('/json_rpc', request), method);
    if (response.error !== undefined) {
      const { code, message } = response.error;
      throw new NodeError(problem('nodeRefused', { said: message }), { rpcCode: code });
    }
    return parse(schema, response.result, method);
  }

  /** One of the plain paths, such as /get_height. */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return parse(schema, await this.#post(path, {}), path);
  }

  /** It answered as a monerod does: its certificate is the known one from now on. */
  confirm(): void {
    this.#options.agent.confirm();
  }

  /** Gives up connections that may be dead; calls under way are asked again on new ones. */
  renew(): void {
    this.#renewals += 1;
    this.#options.agent.destroy();
  }

  /** Ends every call under way and every connection. */
  close(): void {
    this.#options.agent.destroy();
  }

  async #post(method: string, body: unknown): Promise<unknown> {
    const path = `${this.#options.path}${method}`;
    // As bytes: text would have Node write the header in UTF-8 too.
    const bytes = Buffer.from(JSON.stringify(body));
    let answer = await this.#send(path, bytes);
    if (answer.status === 401) {
      this.#options.authorization.demand(answer.authenticate);
      answer = await this.#send(path, bytes);
      if (answer.status === 401)
        throw new NodeError(problem('nodeLoginRefused'), { isFinal: true });
    }
    if (answer.status !== 200) {
      throw new NodeError(problem('nodeHttpStatus', { status: String(answer.status) }));
    }
    try {
      return JSON.parse(answer.text);
    } catch {
      throw new NodeError(problem('nodeNotMonerod', { asked: method }));
    }
  }

  async #send(path: string, body: Buffer): Promise<Answer> {
    const renewals = this.#renewals;
    const first = await this.#attempt(path, body);
    const isWorthAnother =
      !first.ok && (first.wasReused || (this.#renewals !== renewals && !first.error.isFinal));
    const last = isWorthAnother ? await this.#attempt(path, body) : first;
    if (!last.ok) throw last.error;
    this.#options.onAnswer();
    return last.answer;
  }

  #attempt(path: string, body: Buffer): Promise<Attempt> {
    const { host, port, agent, authorization, clock } = this.#options;
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      ...authorization.header(path),
    };
    return new Promise((resolve) => {
      const request = http.request({ host, port, path, method: 'POST', headers, agent });
      const cancel = clock.after(TIMEOUT_MS, () =>
        request.destroy(new NodeError(problem('nodeTimeout', { limitMs: TIMEOUT_MS }))),
      );
      const fail = (error: Error): void => {
        cancel();
        // A server may close an idle connection just as it is used again.
        const wasReused = request.reusedSocket && codeOf(error) === 'ECONNRESET';
        resolve({ ok: false, error: this.#toNodeError(error), wasReused });
      };
      request.on('error', fail);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MAX_RESPONSE_BYTES) chunks.push(chunk);
          else request.destroy(new NodeError(problem('nodeAnswerTooLong')));
        });
        response.on('error', fail);
        response.on('end', () => {
          cancel();
          const answer = {
            status: response.statusCode ?? 0,
            authenticate: response.headers['www-authenticate'] ?? '',
            text: Buffer.concat(chunks).toString('utf8'),
          };
          resolve({ ok: true, answer });
        });
      });
      request.end(body);
    });
  }

  #toNodeError(error: Error): NodeError {
    return error instanceof NodeError ? error : new NodeError(this.#explain(error));
  }

  #explain(error: Error): Problem {
    const place = formatHostPort(this.#options);
    const code = codeOf(error);
    if (code === 'ECONNRESET') return problem('nodeClosed', { place });
    if (code.startsWith('HPE_')) return problem('nodeNotHttp', { place });
    return problem('nodeConnectionLost', { place, reason: code || error.message || error.name });
  }
}

type Attempt =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: NodeError; readonly wasReused: boolean };

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function parse<T>(schema: z.ZodType<T>, value: unknown, asked: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new NodeError(problem('nodeNotMonerod', { asked }));
}
