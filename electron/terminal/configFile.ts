import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { success, type Result } from '../contract/result.ts';
import { flags, shown, usageError, type RawOptions } from './flags.ts';

const MAX_FILE_BYTES = 64 * 1024;

/** Read from the command line only. */
const notInFiles = new Set(['config', 'help', 'version']);
const fileFlags = flags.filter(({ name }) => !notInFiles.has(name));

const text = z.union([z.string().min(1), z.number()]).transform(String);

/** An object with the names of the options: text or numbers, lists where they repeat, true or false. */
const configFile = z.strictObject(
  Object.fromEntries(
    fileFlags.map(({ name, value, repeatable = false }) => [
      name,
      value === undefined
        ? z.boolean().optional()
        : repeatable
          ? z.union([text, z.array(text).min(1)]).optional()
          : text.optional(),
    ]),
  ),
);

/** Reads the options of `--config FILE`. */
export function readConfigFile(path: string): Result<RawOptions> {
  const place = `“${shown(path)}”`;
  let content: string;
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) return usageError(`The file ${place} is too long for options.`);
    content = readFileSync(path, 'utf8');
  } catch (error) {
    return usageError(`The file ${place} cannot be read: ${reasonOf(error)}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return usageError(`The file ${place} is not JSON; write something like {"practice": true}.`);
  }
  const parsed = configFile.safeParse(value);
  if (!parsed.success) return usageError(`In ${place}, ${describe(parsed.error.issues[0])}.`);
  return success(toRaw(parsed.data));
}

function toRaw(values: z.infer<typeof configFile>): RawOptions {
  const options = new Map<string, readonly string[] | true>();
  for (const [name, value] of Object.entries(values)) {
    if (value === true) options.set(name, true);
    else if (typeof value === 'string') options.set(name, [value]);
    else if (Array.isArray(value)) options.set(name, value);
  }
  return options;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    return `“${shown(issue.keys[0] ?? '')}” is not an option; the names are those of --help`;
  }
  const name = issue?.path[0];
  if (name === undefined) return 'there must be one object, such as {"practice": true}';
  const flag = fileFlags.find((candidate) => candidate.name === name);
  const wanted = flag?.value === undefined ? 'true or false' : `text such as ${flag.value}`;
  return `“${String(name)}” must be ${wanted}`;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = new Map([
    ['ENOENT', 'there is no such file'],
    ['EACCES', 'you may not read it'],
    ['EISDIR', 'it is a folder'],
  ]);
  return known.get(code) ?? (error instanceof Error ? error.message : String(error));
}
