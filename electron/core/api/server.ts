import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Result } from '../../contract/result.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success } from '../../contract/result.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { metrics } from './metrics.ts';
import { summarize, type ApiFacts } from './summary.ts';

export interface ApiOptions {
  /** TCP port on 127.0.0.1; 0: the system chooses. */
  readonly port: number;
  /** Clients send it as `Authorization: Bearer TOKEN`. */
  readonly token: string;
  readonly snapshot: () => Snapshot;
  readonly facts: () => ApiFacts;
  /** Somebody connected, whoever that is. */
  readonly onConnection?: (socket: Socket) => void;
}

export interface ApiServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Nobody outside of this computer reaches it. */
export const API_HOST = '127.0.0.1';
export const LEAST_TOKEN_LENGTH = 8;

const JSON_TYPE = 'application/json; charset=utf-8';
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const OLDER_NAMES: Readonly<Record<string, string>> = {
  '/summary': '/1/summary',
  '/api.json': '/1/summary',
};
const LOOPBACK_HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Read-only HTTP API on loopback, shaped like XMRig's: GET /1/summary, /2/summary (also /api.json and /summary, its older
 * names), and /metrics for Prometheus. Nothing can be changed through it.
 */
export function startApi(options: ApiOptions): Promise<Result<ApiServer>> {
  const server = createServer((request, response) => answer(request, response, options));
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  server.maxConnections = 32;
  server.on('connection', (socket) => options.onConnection?.(socket));
  // The API never keeps a miner alive that has ended.
  server.unref();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { port } = options;
      resolve(
        refused(
          error.code === 'EADDRINUSE'
            ? problem('apiPortTaken', { port: String(port) })
            : problem('apiCannotListen', { port: String(port), reason: error.message }),
        ),
      );
    });
    server.listen(options.port, API_HOST, () => resolve(success(opened(server))));
  });
}

function opened(server: Server): ApiServer {
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, options: ApiOptions): void {
  const refusal = whyRefused(request, options.token);
  if (refusal !== undefined) {
    send(response, refusal.status, JSON_TYPE, JSON.stringify(refusal));
    return;
  }
  const pages: Readonly<Record<string, () => string>> = {
    '/2/summary': () => toJson(summarize(options.snapshot(), options.facts(), 2)),
    '/1/summary': () => toJson(summarize(options.snapshot(), options.facts(), 1)),
    '/metrics': () => metrics(options.snapshot(), options.facts()),
  };
  const path = OLDER_NAMES[request.url ?? ''] ?? request.url ?? '';
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page === undefined) {
    send(response, 404, JSON_TYPE, JSON.stringify({ status: 404, error: 'NOT_FOUND' }));
  } else {
    send(response, 200, path === '/metrics' ? METRICS_TYPE : JSON_TYPE, page());
  }
}

function whyRefused(
  { headers, method }: IncomingMessage,
  token: string,
): { readonly status: number; readonly error: string } | undefined {
  // A web page whose name was made to resolve to this machine (DNS rebinding) has another Host.
  if (!LOOPBACK_HOSTS.test(headers.host ?? '')) return { status: 403, error: 'FORBIDDEN' };
  if (method !== 'GET') return { status: 405, error: 'METHOD_NOT_ALLOWED' };
  if (headers.authorization === undefined) return { status: 401, error: 'UNAUTHORIZED' };
  return isToken(headers.authorization, token) ? undefined : { status: 403, error: 'FORBIDDEN' };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 4);
}

/** Compared by digest, so that the time taken tells nothing about the token. */
function isToken(authorization: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
}
