import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import {
  SETTINGS_VERSION,
  settings as settingsSchema,
  type Settings,
} from '../../contract/settings.ts';
import { placeOfJsonFault } from './jsonFault.ts';
import { migrate, type OldDocument } from './migrations.ts';

/** The settings that a file's text holds, of whatever version. Problems: `settingsFromNewer`, or what is wrong and where. */
export function readDocument(text: string): Result<Settings> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refused(problem('notJson', { ...placeOfJsonFault(text) }));
  }
  if (!isDocument(document)) return refused(problem('notSettings'));
  const version = document['version'];
  if (typeof version === 'number' && version > SETTINGS_VERSION) {
    return refused(problem('settingsFromNewer'));
  }
  const migrated = migrate(document, SETTINGS_VERSION);
  if (migrated === null) return refused(wrongAt(['version']));
  const parsed = settingsSchema.safeParse(migrated);
  if (parsed.success) return success(parsed.data);
  return refused(wrongAt(parsed.error.issues[0]?.path ?? []));
}

/** What the schema says of it is English: the place is enough to find it. */
function wrongAt(path: readonly PropertyKey[]): Problem {
  return problem('settingsWrong', { where: path.join('.') });
}

function isDocument(value: unknown): value is OldDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
