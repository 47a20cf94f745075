import http from 'node:http';
import https from 'node:https';
import { z } from 'zod';
import { formatHostPort } from '../poolUrl.ts';
import { answerChallenge, parseChallenge, type Challenge, type Login } from './digest.ts';
import { PinnedAgent } from './pinnedAgent.ts';
import { RpcError } from './rpcError.ts';

export interface RpcOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login?: Login;
  /** SHA-256 of the node's certificate, 64 hex digits; without it the first one seen is pinned. */
  readonly tlsFingerprint?: string;
}

/** For a whole call, however the answer drips in. */
const TIMEOUT_MS = 20_000;
/** A template with a full block in it is far below this. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

const jsonRpcResponse = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

/** monerod's HTTP interface: one call at a time is enough for mining. */
export class DaemonRpc {
  readonly #options: RpcOptions;
  readonly #agent: http.Agent | PinnedAgent;
  #challenge: Challenge | undefined;
  #challengeUses = 0;

  constructor(options: RpcOptions) {
    this.#options = options;
    const keepAlive = { keepAlive: true, maxSockets: 2 };
    this.#agent = options.tls
      ? new PinnedAgent(keepAlive, options.tlsFingerprint)
      : new http.Agent(keepAlive);
  }

  /** SHA-256 of the node's certificate, lower-case hex, once connected by TLS. */
  get tlsFingerprint(): string | undefined {
    return this.#agent instanceof PinnedAgent ? this.#agent.fingerprint : undefined;
  }

  /** A JSON-RPC method; throws RpcError. */
  async call<T>(method: string, params: unknown, schema: z.ZodType<T>): Promise<T> {
    const request = { jsonrpc: '2.0', id: '0', method, params };
    const response = parse(jsonRpcResponse, await this.#post('/json_rpc', request), method);
    if (response.error !== undefined) {
      throw new RpcError(`rpc${response.error.code}`, response.error.message);
    }
    return parse(schema, response.result, method);
  }

  /** One of the plain paths, such as /get_height; throws RpcError. */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return parse(schema, await this.#post(path, {}), path);
  }

  /** Ends every call under way and every connection. */
  close(): void {
    this.#agent.destroy();
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    let response = await this.#send(path, body);
    if (response.status === 401) {
      this.#challenge = parseChallenge(response.authenticate);
      this.#challengeUses = 0;
      if (this.#options.login === undefined || this.#challenge === undefined) {
        throw new RpcError(
          'loginNeeded',
          'The node asks for a login: write it into the address, as in http://user:password@host:port.',
        );
      }
      response = await this.#send(path, body);
      if (response.status === 401) {
        throw new RpcError('loginRefused', 'The node refused the user name or password.');
      }
    }
    if (response.status !== 200) {
      throw new RpcError(
        'httpStatus',
        `The node answered with HTTP status ${response.status}: is this monerod's RPC port?`,
      );
    }
    try {
      return JSON.parse(response.text);
    } catch {
      throw new RpcError('notJson', "The answer is not JSON: is this monerod's RPC port?");
    }
  }

  #send(
    path: string,
    body: unknown,
  ): Promise<{ status: number; authenticate: string; text: string }> {
    const { host, port, tls } = this.#options;
    const text = JSON.stringify(body);
    const headers: http.OutgoingHttpHeaders = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...this.#authorization(path),
    };
    return new Promise((resolve, reject) => {
      const request = (tls ? https : http).request(
        {
          ...{ host, port, path, method: 'POST', headers, agent: this.#agent },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size <= MAX_RESPONSE_BYTES) chunks.push(chunk);
            else request.destroy(new RpcError('tooLong', 'The answer of the node is too long.'));
          });
          response.on('error', (error) => reject(this.#toRpcError(error)));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              authenticate: response.headers['www-authenticate'] ?? '',
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.on('error', (error) => reject(this.#toRpcError(error)));
      request.end(text);
    });
  }

  #authorization(path: string): { authorization?: string } {
    const { login } = this.#options;
    if (login === undefined || this.#challenge === undefined) return {};
    this.#challengeUses += 1;
    const request = { method: 'POST', path };
    return {
      authorization: answerChallenge(this.#challenge, login, request, this.#challengeUses),
    };
  }

  #toRpcError(error: Error & { code?: unknown }): RpcError {
    if (error instanceof RpcError) return error;
    if (error.name === 'AbortError' || error.name === 'TimeoutError') {
      return new RpcError('timeout', 'The node did not answer within 20 s.');
    }
    const place = formatHostPort(this.#options);
    const code = typeof error.code === 'string' ? error.code : '';
    const notTls = `${place} does not speak TLS: try http:// instead of https://.`;
    const notHttp = `${place} does not speak HTTP: is this monerod's RPC port? With TLS, write https://.`;
    const said = new Map([
      ['ECONNREFUSED', `Nothing listens at ${place}: is monerod running, with this RPC port?`],
      ['ENOTFOUND', `The name ${this.#options.host} cannot be found.`],
      ['ECONNRESET', `The node at ${place} closed the connection.`],
      ['EPROTO', notTls],
      ['ERR_SSL_WRONG_VERSION_NUMBER', notTls],
      ['HPE_INVALID_CONSTANT', notHttp],
    ]);
    return new RpcError('connection', said.get(code) ?? `${place}: ${error.message}`);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RpcError(
    'unexpectedAnswer',
    `The answer to ${what} is not what monerod answers: is this its RPC port?`,
  );
}
