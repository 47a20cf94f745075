import { readFileSync, statSync } from 'node:fs';
import JSON5 from 'json5';
import { z } from 'zod';
import { problem, type Problem } from '../contract/problem.ts';
import { refused, success, type Result } from '../contract/result.ts';
import type { WorkSpec } from '../core/work/spec.ts';
import { optionList, shown, type Option, type OptionName, type RawOptions } from './argv.ts';
import { isXmrigConfig, readXmrigConfig } from './xmrigConfig.ts';

/** What a file of `--config` says. */
export interface ConfigFile {
  readonly options: RawOptions;
  /** Pools, each with its own login: only XMRig's files name them so. */
  readonly work?: Extract<WorkSpec, { kind: 'pools' }>;
  readonly workerId?: string;
  /** What it says that has no meaning here. */
  readonly notes: readonly Problem[];
}

const MAX_FILE_BYTES = 64 * 1024;

/** Read from the command line only. */
const notInFiles: readonly OptionName[] = ['config', 'help', 'version', 'tune'];
const fileOptions: readonly Option[] = optionList.filter(({ name }) => !notInFiles.includes(name));

const text = z.union([z.string().min(1), z.number()]).transform(String);
const anyText = z.union([z.string(), z.number()]).transform(String);

/** An object with the names of the options: text or numbers, lists where they repeat, true or false. */
const ownFile = z.strictObject(
  Object.fromEntries(
    fileOptions.map(({ name, value, repeatable = false, mayBeEmpty = false }) => [
      name,
      value === undefined
        ? z.boolean().optional()
        : repeatable
          ? z.union([text, z.array(text).min(1)]).optional()
          : (mayBeEmpty ? anyText : text).optional(),
    ]),
  ),
);

/** Reads the options of `--config FILE`: ours by name, or a config.json of XMRig as it is. */
export function readConfigFile(path: string, cpuCount: number): Result<ConfigFile> {
  const file = shown(path);
  let content: string;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return refused(problem('configTooLong', { file }));
    content = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return refused(problem('configUnreadable', { file, reason: whyUnreadable(error) }));
  }
  let value: unknown;
  try {
    value = JSON5.parse(content);
  } catch (error) {
    const [, line = '?', column = '?'] = /(\d+):(\d+)$/.exec(String(error)) ?? [];
    return refused(problem('configNotJson', { file, line, column }));
  }
  if (isXmrigConfig(value)) return readXmrigConfig(value, cpuCount);
  const parsed = ownFile.safeParse(value);
  return parsed.success
    ? success({ options: toRaw(parsed.data), notes: [] })
    : refused(whatIsWrong(file, parsed.error.issues[0]));
}

function toRaw(values: z.infer<typeof ownFile>): RawOptions {
  const options = new Map<OptionName, readonly string[] | true>();
  for (const [key, value] of Object.entries(values)) {
    const name = key as OptionName; // the schema knows no others
    if (value === true) options.set(name, true);
    else if (typeof value === 'string') options.set(name, [value]);
    else if (Array.isArray(value)) options.set(name, value);
  }
  return options;
}

function whatIsWrong(file: string, issue: z.core.$ZodIssue | undefined): Problem {
  if (issue?.code === 'unrecognized_keys') {
    return problem('configUnknownOption', { file, name: shown(issue.keys[0] ?? '') });
  }
  const name = issue?.path[0];
  if (name === undefined) return problem('configNotAnObject', { file });
  const wanted = fileOptions.find((option) => option.name === name)?.value;
  return wanted === undefined
    ? problem('configNoFlag', { file, name: String(name) })
    : problem('configNoText', { file, name: String(name), wanted });
}

function whyUnreadable(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return problem('fileMissing');
    case 'EACCES':
      return problem('fileForbidden');
    case 'EISDIR':
      return problem('fileIsFolder');
    default:
      return problem('fileFault', { code });
  }
}
