import type { z } from 'zod';
import { calls, type CallOutput, type IpcResult } from '../../contract/ipc.ts';
import type { CallName } from '../../contract/ipcNames.ts';

/** What stands behind the contract: one function per call, given input that the schema has accepted. */
export type CallHandlers = {
  readonly [N in CallName]: (
    input: z.output<(typeof calls)[N]['input']>,
  ) => IpcResult<CallOutput<N>> | Promise<IpcResult<CallOutput<N>>>;
};

export function valueOf<T>(value: T): IpcResult<T> {
  return { ok: true, value };
}

export function problemOf(code: string, message: string): IpcResult<never> {
  return { ok: false, problem: { code, message } };
}

/** Validates `input`, runs the handler and answers with its value or with a problem. Never throws. */
export async function answerCall<N extends CallName>(
  handlers: CallHandlers,
  name: N,
  input: unknown,
): Promise<IpcResult<CallOutput<N>>> {
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    return problemOf(
      'badInput',
      `${name}${where === '' ? '' : `: ${where}`}: ${issue?.message ?? 'not understood'}.`,
    );
  }
  try {
    return await handlers[name](parsed.data as z.output<(typeof calls)[N]['input']>);
  } catch (error) {
    return problemOf('internal', error instanceof Error ? error.message : String(error));
  }
}
