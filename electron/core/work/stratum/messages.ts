import { z } from 'zod';
import type { Algorithm, Share } from '../job.ts';
import { printable } from './printable.ts';

/**
 * The messages of the dialect. Everything incoming passes a schema here, which is as lenient as
 * real pools need it; everything outgoing is built here, member for member in this order.
 */

/** Text that some pools send as a number. */
const textOrNumber = z.union([z.string(), z.number().int().transform(String)]);

const requestId = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null)
  .transform((id) => id ?? null);

const envelope = z.object({
  id: requestId,
  method: z.string().optional().catch(undefined),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** An answer to a request of ours: `id` is null when the pool left it out. */
export interface Reply {
  readonly kind: 'reply';
  readonly id: number | null;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  /** What the pool said, printable; empty without a reason. */
  | { readonly ok: false; readonly said: string };

export type Incoming =
  | Reply
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'junk' };

/** Reads one line; a pool in haste puts two messages on it. */
export function parseLine(line: string): readonly Incoming[] {
  const whole = parseIncoming(line);
  if (whole.kind !== 'junk' || !line.includes('}{')) return [whole];
  const parts = line.split(/(?<=\})(?=\{)/).map(parseIncoming);
  return parts.some(({ kind }) => kind === 'junk') ? [whole] : parts;
}

/** Reads one message. What has a method is a notification whatever its id; the rest must answer something. */
export function parseIncoming(line: string): Incoming {
  const parsed = envelope.safeParse(parseJson(line));
  if (!parsed.success) return { kind: 'junk' };
  const { id, method, params, result, error } = parsed.data;
  if (method !== undefined) return { kind: 'notification', method, params };
  if (error !== undefined && error !== null && error !== false && error !== '') {
    return { kind: 'reply', id, outcome: { ok: false, said: errorText(error) } };
  }
  if (result === undefined && id === null) return { kind: 'junk' };
  return { kind: 'reply', id, outcome: { ok: true, result } };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const errorShapes = z.union([
  z.string(),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.array(z.unknown()).transform((parts) => parts.find((part) => typeof part === 'string')),
]);

function errorText(error: unknown): string {
  const parsed = errorShapes.safeParse(error);
  return parsed.success ? printable(parsed.data ?? '') : '';
}

const loginResult = z.object({
  id: textOrNumber.optional().catch(undefined),
  job: z.unknown().optional(),
  extensions: z.array(z.unknown()).catch([]),
});

export interface LoginResult {
  readonly sessionId: string;
  /** To be read by `parseJob`; absent when the pool will push the first job. */
  readonly job?: unknown;
  readonly extensions: ReadonlySet<unknown>;
}

const jobWithSession = z.object({ id: textOrNumber });

/** Undefined without a session id, be it in the result or in its job. */
export function parseLoginResult(result: unknown): LoginResult | undefined {
  const parsed = loginResult.safeParse(result);
  if (!parsed.success) return undefined;
  const { id, job, extensions } = parsed.data;
  const sessionId = id ?? jobWithSession.safeParse(job).data?.id;
  if (sessionId === undefined) return undefined;
  return { sessionId, extensions: new Set(extensions), ...(job !== null && { job }) };
}

const submitResult = z.union([
  z.literal(true),
  z.object({ status: z.string().optional().catch(undefined) }),
]);

/** Undefined when the share was accepted; otherwise what the pool said instead, empty without a reason. */
export function submitRefusal(result: unknown): string | undefined {
  const parsed = submitResult.safeParse(result);
  if (!parsed.success) return '';
  if (parsed.data === true || parsed.data.status === undefined) return undefined;
  const status = printable(parsed.data.status);
  return status.toUpperCase() === 'OK' ? undefined : status;
}

export interface LoginParams {
  readonly login: string;
  readonly pass: string;
  readonly agent: string;
  readonly rigid?: string;
  readonly algo?: readonly Algorithm[];
}

export function loginMessage(id: number, params: LoginParams): object {
  const { login, pass, agent, rigid, algo } = params;
  return {
    id,
    jsonrpc: '2.0',
    method: 'login',
    params: { login, pass, agent, ...(rigid && { rigid }), ...(algo && { algo }) },
  };
}

/** `algo` goes along only where the pool announced that extension; lower-case hex everywhere. */
export function submitMessage(
  id: number,
  sessionId: string,
  share: Share,
  announcesAlgo: boolean,
): object {
  return {
    id,
    jsonrpc: '2.0',
    method: 'submit',
    params: {
      id: sessionId,
      job_id: share.jobId,
      nonce: hex(share.nonce),
      result: hex(share.result),
      ...(share.commitment && { commitment: hex(share.commitment) }),
      ...(announcesAlgo && { algo: share.algorithm }),
    },
  };
}

/** The one message without `jsonrpc`. */
export function keepalivedMessage(id: number, sessionId: string): object {
  return { id, method: 'keepalived', params: { id: sessionId } };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
