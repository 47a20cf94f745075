import type { z } from 'zod';
import {
  calls,
  channelOf,
  pushes,
  type CallInput,
  type CallName,
  type CallOutput,
  type Group,
  type PushName,
  type PushPayload,
} from '../../contract/ipc.ts';
import { problem, problemSchema, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';

type Answer<T> = Result<T> | Promise<Result<T>>;

/** What stands behind the contract: one function per call, given input that the schema has accepted. */
export type CallHandlers = {
  readonly [G in Group]: {
    readonly [N in CallName<G>]: (input: CallInput<G, N>) => Answer<CallOutput<G, N>>;
  };
};

type Handler = (input: never) => Answer<unknown>;

interface Shapes {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/** A call of the contract with what stands behind it. */
export interface Route {
  readonly channel: string;
  /** Checks input and output by schema, and answers with a value or a problem. Never throws. */
  readonly answer: (input: unknown) => Promise<Result<unknown>>;
}

export function routesTo(handlers: CallHandlers): Route[] {
  const byName = handlers as Readonly<Record<string, Readonly<Record<string, Handler>>>>;
  return Object.entries(calls).flatMap(([group, named]) =>
    Object.entries(named).map(([name, shapes]: [string, Shapes]): Route => {
      const channel = channelOf(group, name);
      const handler: Handler = (input) => {
        const found = byName[group]?.[name];
        return found === undefined ? internal(channel) : found(input);
      };
      return { channel, answer: (input) => answerCall(channel, shapes, handler, input) };
    }),
  );
}

async function answerCall(
  channel: string,
  shapes: Shapes,
  handler: Handler,
  given: unknown,
): Promise<Result<unknown>> {
  const input = shapes.input.safeParse(given);
  if (!input.success)
    return refused(problem('badInput', { channel, reason: firstOf(input.error) }));
  try {
    const answered = await handler(input.data as never);
    if (answered.ok) return checked(channel, shapes.output, answered.value);
    const told = checked(channel, problemSchema, answered.error);
    return told.ok ? refused(told.value) : told;
  } catch (error) {
    return internal(error instanceof Error ? error.message : String(error));
  }
}

/** Tells the page something. */
export type Push = <N extends PushName>(name: N, payload: PushPayload<N>) => void;

/** Likewise; what broke the contract is handed back instead of sent. */
export type Send = <N extends PushName>(name: N, payload: PushPayload<N>) => Problem | null;

/** A payload as it may go to the page. */
export function checkPush<N extends PushName>(name: N, payload: PushPayload<N>): Result<unknown> {
  const shape: z.ZodType = pushes[name];
  return checked(name, shape, payload);
}

/** What we say ourselves is held to the contract too: what does not keep it is our own fault, and is told as one. */
function checked<T>(channel: string, shape: z.ZodType<T>, value: unknown): Result<T> {
  const parsed = shape.safeParse(value);
  return parsed.success ? success(parsed.data) : internal(`${channel}: ${firstOf(parsed.error)}`);
}

function internal(reason: string): Result<never> {
  return refused(problem('internal', { reason }));
}

function firstOf({ issues: [issue] }: z.ZodError): string {
  const where = issue === undefined ? '' : issue.path.join('.');
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? ''}`;
}
