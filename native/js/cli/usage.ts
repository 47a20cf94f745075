import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Algorithm } from '../types.ts';

/** Bad usage: one sentence for people, exit code 2. */
export class UsageError extends Error {}

/** The values of `--name value` and `--flag` options; anything else is a UsageError. */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, strict: true }).values;
  } catch (error) {
    const reason = error instanceof Error ? firstSentence(error.message) : String(error);
    throw new UsageError(`${reason} Usage: ${usage}`);
  }
}

function firstSentence(message: string): string {
  const sentence = message.split(/\.\s|\n/)[0] ?? message;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

export function oneOf<const Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) {
    throw new UsageError(`--${name} is one of ${choices.join(', ')}; "${value}" is none of them.`);
  }
  return choice;
}

export const algorithms: readonly Algorithm[] = ['rx/0', 'rx/2', 'cn/1'];

export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new UsageError(
      `--${name} takes a whole number from ${least} to ${most}, not "${value}".`,
    );
  }
  return number;
}

export function hexBytes(name: string, value: string): Uint8Array {
  if (value.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(value)) {
    throw new UsageError(`--${name} takes bytes as hex digits, two for each byte.`);
  }
  return Uint8Array.from(Buffer.from(value, 'hex'));
}

/** Runs a command: its exit code, 2 after a UsageError, 1 after any other failure, each told in one sentence. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
