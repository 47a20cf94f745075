import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Socks5Spec, TlsSpec } from '../work/spec.ts';
import type { OnOpening } from '../work/stratum/stratumOptions.ts';
import { openTransport } from '../work/stratum/transport.ts';
import { CertificateTrust } from '../work/stratum/trust.ts';
import { tlsOptionsOf } from '../work/tls.ts';

/** Far above what a pool says of one miner, charts of his past included. */
const MOST_BYTES = 1_000_000;

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSpec;
  /** The way there, which also looks its name up. */
  readonly socks5?: Socks5Spec;
  readonly onOpening?: OnOpening;
}

export interface Patience {
  /** For all of it, from the name's look-up to the last byte. */
  readonly ms: number;
  /** The answer is wanted no more. */
  readonly signal: AbortSignal;
}

/**
 * Asks a server for JSON once, on a connection of its own. Sends the path, the host and what is accepted, nothing else, and follows
 * no redirect. Never rejects. Errors: `poolApiFailed`, with why.
 */
export async function fetchJson(
  server: Server,
  path: string,
  patience: Patience,
): Promise<Result<unknown>> {
  const { host } = server;
  const tooLate = AbortSignal.timeout(patience.ms);
  const signal = AbortSignal.any([tooLate, patience.signal]);
  const failed = (why: Problem) => refused(problem('poolApiFailed', { host, why }));
  const tls = tlsOptionsOf(server.tls);
  const { port, socks5, onOpening } = server;
  const opened = await openTransport(
    {
      ...{ host, port },
      ...(tls && { tls }),
      ...(socks5 && { socks5 }),
      ...(onOpening && { onOpening }),
    },
    tls && new CertificateTrust(tls),
    signal,
  );
  if (!opened.ok) return failed(opened.error);
  try {
    return success(parse(await ask(opened.socket, server, path, signal)));
  } catch (error) {
    if (error instanceof Refusal) return failed(error.why);
    if (tooLate.aborted) return failed(problem('poolApiSilent', { seconds: patience.ms / 1000 }));
    return failed(problem('poolApiBroken', { reason: String(error) }));
  } finally {
    opened.socket.destroy();
  }
}

/** The server answered, but not with what can be read. */
class Refusal extends Error {
  readonly why: Problem;
  constructor(why: Problem) {
    super(why.code);
    this.why = why;
  }
}

async function ask(
  socket: Socket,
  { host }: Server,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { host, accept: 'application/json', connection: 'close' };
    const asked = request({ path, headers, signal, createConnection: () => socket });
    // An upgrade of the protocol, which nobody asked for, ends without an error.
    asked.on('close', () => reject(new Error('closed')));
    asked.on('error', reject).on('response', resolve).end();
  });
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new Refusal(problem('poolApiRedirects'));
  if (status !== 200) throw new Refusal(problem('poolApiStatus', { status: String(status) }));
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw new Refusal(problem('poolApiTooLong', { size: MOST_BYTES }));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(problem('poolApiStrange'));
  }
}
