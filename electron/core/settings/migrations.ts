import { fromVersion1 } from './fromVersion1.ts';

/** A settings document of some version, parsed from JSON and not yet checked against the schema. */
export type OldDocument = Readonly<Record<string, unknown>>;

/** Turns a document of the version it is filed under into one of the next version. */
export type Migration = (document: OldDocument) => OldDocument;

/** By the version they start from. */
export const migrations: ReadonlyMap<number, Migration> = new Map([[1, fromVersion1]]);

/**
 * Takes a document step by step to `target`. Null when a step is missing: it comes from a newer app, or is no settings
 * document at all.
 */
export function migrate(
  document: OldDocument,
  target: number,
  steps: ReadonlyMap<number, Migration> = migrations,
): OldDocument | null {
  let current = document;
  for (let version = current['version']; version !== target;) {
    const step = typeof version === 'number' ? steps.get(version) : undefined;
    if (step === undefined || typeof version !== 'number') return null;
    version += 1;
    current = { ...step(current), version };
  }
  return current;
}
