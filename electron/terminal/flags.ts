import { failure, success, type Failure, type Result } from '../contract/result.ts';

/** The options of the terminal miner as they are written down; what they mean is in options.ts. */
export interface Flag {
  readonly name: string;
  /** What stands for the value in the help text; absent: the option takes none. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly help: string;
}

export const flags: readonly Flag[] = [
  {
    name: 'pool',
    value: 'HOST:PORT',
    repeatable: true,
    help: 'mine on this pool; given again: the next one when it fails',
  },
  {
    name: 'daemon',
    value: 'URL',
    help: 'mine alone on a monerod: http://127.0.0.1:18081[/?zmq=PORT]',
  },
  { name: 'practice', help: 'mine on the built-in practice pool: real work that earns nothing' },
  {
    name: 'wallet',
    value: 'ADDRESS',
    help: 'your Monero address; ADDRESS+DIFF and ADDRESS.RIG too',
  },
  { name: 'login', value: 'TEXT', help: 'sent to the pool as it is, instead of --wallet' },
  { name: 'pass', value: 'TEXT', help: 'password for the pool (default: x)' },
  { name: 'tls', help: 'speak TLS; the certificate is shown and pinned for this run' },
  { name: 'tls-fingerprint', value: 'HEX', help: 'SHA-256 of the only certificate to accept' },
  { name: 'rig-id', value: 'ID', help: 'name of this computer, for the pool' },
  { name: 'socks5', value: 'HOST:PORT', help: 'reach the pool through this proxy' },
  { name: 'threads', value: 'N', help: 'number of hashing threads' },
  { name: 'mode', value: 'fast|light|auto', help: 'fast needs 2.3 GiB of memory, light 256 MiB' },
  { name: 'algo', value: 'rx/0|rx/2|cn/1', help: 'take jobs of this algorithm only' },
  { name: 'api-port', value: 'N', help: 'read-only HTTP API on 127.0.0.1, for dashboards' },
  { name: 'api-token', value: 'TEXT', help: 'what its readers must send; 8 characters or more' },
  { name: 'inspect', help: 'show every message from and to the pool, without your address' },
  {
    name: 'tune',
    help: 'measure this computer for about a minute and keep what is fastest; mines nowhere',
  },
  { name: 'config', value: 'FILE', help: 'read options from a JSON file, named as here' },
  { name: 'duration', value: 'S', help: 'stop after so many seconds' },
  { name: 'json', help: 'print one JSON object a line' },
  { name: 'help', help: 'show this' },
  { name: 'version', help: 'show the version' },
];

/** Values by the name of the option; `true` for one that takes none. */
export type RawOptions = ReadonlyMap<string, readonly string[] | true>;

export function usageError(message: string): { ok: false; error: Failure } {
  return failure('usage', message);
}

/** Reads argv: `--name value` and `--name=value`. */
export function parseArguments(argv: readonly string[]): Result<RawOptions> {
  const options = new Map<string, readonly string[] | true>();
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const flag = flags.find((candidate) => candidate.name === name);
    if (flag === undefined) {
      return usageError(`“${shown(argument)}” is not an option of the miner; --help lists them.`);
    }
    if (flag.value === undefined) {
      if (inline !== undefined) return usageError(`--${flag.name} takes no value.`);
      options.set(flag.name, true);
      continue;
    }
    const next = inline ?? argv[index + 1];
    if (next === undefined || next === '' || (inline === undefined && next.startsWith('--'))) {
      return usageError(`--${flag.name} needs a value: --${flag.name} ${flag.value}.`);
    }
    if (inline === undefined) index += 1;
    const known = options.get(flag.name) ?? [];
    if (known !== true && known.length > 0 && flag.repeatable !== true) {
      return usageError(`--${flag.name} was given twice; give it once.`);
    }
    options.set(flag.name, [...(known === true ? [] : known), next]);
  }
  return success(options);
}

/** What a user typed, made safe and short for an error message. */
export function shown(text: string): string {
  const printable = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?');
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable;
}

export function helpText(): string {
  const lines = flags.map(({ name, value, help }) => {
    const option = value === undefined ? `--${name}` : `--${name} ${value}`;
    return `  ${option.padEnd(28)}${help}`;
  });
  return [
    'Mine Monero on your own CPU, in the terminal.',
    '',
    'npm run -s miner -- (--pool HOST:PORT | --daemon URL | --practice) [options]',
    '',
    ...lines,
    '',
    'Ctrl+C stops. Exit code: 0 after a stop, 2 for bad usage, 1 for a failure that ends mining.',
    '',
  ].join('\n');
}
