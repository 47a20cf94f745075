import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { formatHostPort } from '../poolUrl.ts';
import { answerChallenge, parseChallenge, type Challenge, type Login } from './digest.ts';

export interface RpcOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login?: Login;
  /** SHA-256 of the node's certificate, 64 hex digits; without it the first one seen is pinned. */
  readonly tlsFingerprint?: string;
}

/** A call that failed. `code` is one of ours, or `rpc<number>` for an error monerod returned. */
export class RpcError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

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
  readonly #agent: http.Agent;
  #pinned: string | undefined;
  #challenge: Challenge | undefined;
  #challengeUses = 0;

  constructor(options: RpcOptions) {
    this.#options = options;
    this.#pinned = options.tlsFingerprint?.toLowerCase();
    const keepAlive = { keepAlive: true, maxSockets: 2 };
    // The certificate is compared with the pinned one instead: nodes sign their own.
    this.#agent = options.tls
      ? new https.Agent({ ...keepAlive, rejectUnauthorized: false })
      : new http.Agent(keepAlive);
  }

  /** SHA-256 of the node's certificate, lower-case hex, once connected by TLS. */
  get tlsFingerprint(): string | undefined {
    return this.#pinned;
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
        { host, port, path, method: 'POST', headers, agent: this.#agent, timeout: TIMEOUT_MS },
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
      request.on('timeout', () =>
        request.destroy(new RpcError('timeout', 'The node did not answer within 20 s.')),
      );
      request.on('error', (error) => reject(this.#toRpcError(error)));
      if (tls) this.#checkCertificate(request);
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

  #checkCertificate(request: http.ClientRequest): void {
    request.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        if (!(socket instanceof TLSSocket)) return;
        const { fingerprint256 } = socket.getPeerCertificate();
        const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase();
        this.#pinned ??= fingerprint;
        if (fingerprint === this.#pinned) return;
        const message = `The certificate of the node changed: its SHA-256 is ${fingerprint}, not ${this.#pinned}.`;
        request.destroy(new RpcError('tlsFingerprint', message));
      });
    });
  }

  #toRpcError(error: Error & { code?: unknown }): RpcError {
    if (error instanceof RpcError) return error;
    const place = formatHostPort(this.#options);
    const code = typeof error.code === 'string' ? error.code : '';
    const said = new Map([
      ['ECONNREFUSED', `Nothing listens at ${place}: is monerod running, with this RPC port?`],
      ['ENOTFOUND', `The name ${this.#options.host} cannot be found.`],
      ['ECONNRESET', `The node at ${place} closed the connection.`],
      ['EPROTO', `${place} does not speak TLS: try http:// instead of https://.`],
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
