import { hash, releaseCaches } from '../hash.ts';
import { MAX_KEY_BYTES } from '../layout.ts';
import { UsageError, algorithms, hexBytes, oneOf, readOptions, runCommand } from './usage.ts';

const usage =
  'npm run -s hash -- --algo rx/0|rx/2|cn/1 --key HEX --input HEX [--path jit|interpreter] [--mode light|fast]';

/** Prints one hash in lower-case hex (rx/2: the hash itself, not the commitment). */
await runCommand(async () => {
  const text = { type: 'string' } as const;
  const values = readOptions(
    { algo: text, key: text, input: text, path: text, mode: text, help: { type: 'boolean' } },
    usage,
  );
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (values.algo === undefined) throw new UsageError(`--algo is missing. Usage: ${usage}`);
  if (values.input === undefined) throw new UsageError(`--input is missing. Usage: ${usage}`);
  const algorithm = oneOf('algo', values.algo, algorithms);
  if (values.key === undefined && algorithm !== 'cn/1') {
    throw new UsageError(`--key is missing. Usage: ${usage}`);
  }
  const key = hexBytes('key', values.key ?? '');
  if (key.length > MAX_KEY_BYTES) {
    throw new UsageError(`--key has at most ${MAX_KEY_BYTES} bytes, not ${key.length}.`);
  }
  const input = hexBytes('input', values.input);
  if (algorithm === 'cn/1' && input.length < 43) {
    throw new UsageError(`cn/1 needs an --input of at least 43 bytes, not ${input.length}.`);
  }
  const found = await hash({
    algorithm,
    key,
    input,
    path: oneOf('path', values.path ?? 'jit', ['jit', 'interpreter']),
    mode: oneOf('mode', values.mode ?? 'light', ['light', 'fast']),
  });
  await releaseCaches();
  process.stdout.write(`${Buffer.from(found.hash).toString('hex')}\n`);
  return 0;
});
