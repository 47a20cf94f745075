import { problem } from '../contract/problem.ts';
import { refused, success, type Result } from '../contract/result.ts';
import type { Text } from '../contract/text/index.ts';

/** The options of the terminal miner as they are written down; what they mean is in command.ts. */
export interface Option {
  readonly name: string;
  /** What stands for the value in the help text; absent: the option takes none. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly mayBeEmpty?: boolean;
}

export const optionList = [
  { name: 'pool', value: 'HOST:PORT', repeatable: true },
  { name: 'daemon', value: 'URL' },
  { name: 'practice' },
  { name: 'wallet', value: 'ADDRESS' },
  { name: 'login', value: 'TEXT' },
  { name: 'pass', value: 'TEXT', mayBeEmpty: true },
  { name: 'tls' },
  { name: 'tls-fingerprint', value: 'HEX' },
  { name: 'rig-id', value: 'ID' },
  { name: 'socks5', value: 'HOST:PORT' },
  { name: 'threads', value: 'N' },
  { name: 'mode', value: 'fast|light|auto' },
  { name: 'algo', value: 'rx/0|rx/2|cn/1' },
  { name: 'api-port', value: 'N' },
  { name: 'api-token', value: 'TEXT' },
  { name: 'inspect' },
  { name: 'tune' },
  { name: 'no-learning' },
  { name: 'config', value: 'FILE' },
  { name: 'duration', value: 'S' },
  { name: 'json' },
  { name: 'help' },
  { name: 'version' },
] as const satisfies readonly Option[];
export type OptionName = (typeof optionList)[number]['name'];

/** Values by the name of the option; `true` for one that takes none. */
export type RawOptions = ReadonlyMap<OptionName, readonly string[] | true>;

/** The first value, undefined when it was not given. */
export function valueOf(raw: RawOptions, name: OptionName): string | undefined {
  const values = raw.get(name);
  return values === true ? undefined : values?.[0];
}

/** Reads argv: `--name value` and `--name=value`. */
export function parseArguments(argv: readonly string[]): Result<RawOptions> {
  const found = new Map<OptionName, readonly string[] | true>();
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const option: (Option & { readonly name: OptionName }) | undefined = optionList.find(
      (candidate) => candidate.name === name,
    );
    if (option === undefined) {
      return refused(problem('optionUnknown', { option: shown(argument) }));
    }
    if (option.value === undefined) {
      if (inline !== undefined) return refused(problem('optionTakesNoValue', option));
      found.set(option.name, true);
      continue;
    }
    const next = inline ?? argv[index + 1];
    const isMissing = next === undefined || (next === '' && option.mayBeEmpty !== true);
    if (isMissing || (inline === undefined && next.startsWith('--'))) {
      return refused(problem('optionNeedsValue', { name: option.name, value: option.value }));
    }
    if (inline === undefined) index += 1;
    const known = found.get(option.name) ?? [];
    if (known !== true && known.length > 0 && option.repeatable !== true) {
      return refused(problem('optionTwice', { name: option.name }));
    }
    found.set(option.name, [...(known === true ? [] : known), next]);
  }
  return success(found);
}

/** What a user typed, made safe and short for an error message. */
export function shown(text: string): string {
  const printable = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return printable.length > 60 ? `${printable.slice(0, 59)}…` : printable;
}

/** `command`: what people type to run it. */
export function helpText({ t }: Text, command: string): string {
  const spelled = (option: Option) =>
    `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
  const width = Math.max(...optionList.map((option) => spelled(option).length));
  const lines = optionList.map(
    (option) => `  ${spelled(option).padEnd(width)}  ${t(`terminal.option.${option.name}`)}`,
  );
  return [
    t('terminal.what'),
    '',
    `${command} (--pool HOST:PORT | --daemon URL | --practice) ${t('terminal.options')}`,
    '',
    ...lines,
    '',
    t('terminal.exit'),
    '',
  ].join('\n');
}
