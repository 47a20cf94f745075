import { accessSync, constants, readdirSync, rmdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Problem } from '../../contract/problem.ts';
import type {
  Installation,
  KeepableKind,
  Outcome,
  UninstallPlan,
  UninstallReport,
} from '../../contract/uninstall.ts';
import { attempt } from '../../core/settings/files.ts';
import { isThere, type Made } from '../../core/settings/made.ts';

export interface UninstallOptions {
  readonly platform: NodeJS.Platform;
  /** Where most of it is; goes last, when nothing is left in it. */
  readonly folder: string;
  /** What the makers have made; asked anew each time. */
  readonly made: () => readonly Made[];
  readonly installation: Installation;
  readonly hugePages: () => UninstallPlan['hugePages'];
  /** Ends mining, and whatever else runs, for good. */
  readonly end: () => Promise<void>;
}

/** Undoes what the app made on this computer, but for what the user keeps, and tells what became of each thing. */
export class Uninstall {
  readonly #options: UninstallOptions;
  #kept: readonly KeepableKind[] | null = null;

  constructor(options: UninstallOptions) {
    this.#options = options;
  }

  plan(): UninstallPlan {
    const { installation, hugePages } = this.#options;
    const made = this.#present().map(({ kind, place }) => ({ kind, place }));
    return { made, foreign: this.#foreign(), installation, hugePages: hugePages() };
  }

  /** From here on there is nothing left to do but to quit. */
  async run(keep: readonly KeepableKind[]): Promise<UninstallReport> {
    await this.#options.end();
    this.#kept = keep;
    const outcomes: Outcome[] = [];
    for (const one of this.#present()) outcomes.push(this.#undo(one, keep, outcomes));
    return outcomes;
  }

  /** The process ends: now goes what was in use until now, and whatever was written since. */
  finish(): void {
    if (this.#kept === null) return;
    for (const one of this.#all()) if (!isKept(one, this.#kept)) one.remove();
  }

  #undo(one: Made, keep: readonly KeepableKind[], before: readonly Outcome[]): Outcome {
    const { kind, place } = one;
    const holdsMore = kind === 'folder' && this.#keepsItsFolder(before);
    if (isKept(one, keep) || holdsMore) return { kind, place, fate: 'kept' };
    const problem = one.isInUse === true ? whyNotRemovable(place) : one.remove();
    if (problem !== null) return { kind, place, fate: 'failed', problem };
    if (one.isInUse !== true) return { kind, place, fate: 'removed' };
    return { kind, place, fate: this.#options.platform === 'win32' ? 'afterQuit' : 'atQuit' };
  }

  /** Something in it stays. */
  #keepsItsFolder(outcomes: readonly Outcome[]): boolean {
    const staying = outcomes.filter(({ fate }) => fate === 'kept' || fate === 'failed');
    return this.#foreign().length > 0 || staying.some((one) => this.#isInFolder(one));
  }

  #isInFolder({ place }: Pick<Made, 'place'>): boolean {
    return dirname(place) === this.#options.folder;
  }

  /** Names in the folder that no maker knows; a name with a dot behind it is left from writing that file. */
  #foreign(): string[] {
    const own = this.#all()
      .filter((one) => this.#isInFolder(one))
      .map(({ place }) => basename(place));
    return namesIn(this.#options.folder).filter(
      (name) => !own.some((ours) => name === ours || name.startsWith(`${ours}.`)),
    );
  }

  #present(): readonly Made[] {
    return this.#all().filter((one) => one.isThere());
  }

  #all(): readonly Made[] {
    const { folder } = this.#options;
    const itself: Made = {
      kind: 'folder',
      place: folder,
      isInUse: true,
      isThere: () => isThere(folder),
      remove: () => attempt(() => rmdirSync(folder)),
    };
    return [...this.#options.made(), itself];
  }
}

function isKept({ kind }: Made, keep: readonly KeepableKind[]): boolean {
  return keep.some((kept) => kept === kind);
}

function whyNotRemovable(place: string): Problem | null {
  return attempt(() => accessSync(dirname(place), constants.W_OK));
}

function namesIn(folder: string): readonly string[] {
  let names: readonly string[] = [];
  attempt(() => {
    names = readdirSync(folder).sort();
  });
  return names;
}
