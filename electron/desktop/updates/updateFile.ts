import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { problem, type Problem } from '../../contract/problem.ts';
import type { UpdateFile as State } from '../../contract/release.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import { download, isAsListed } from '../../core/release/download.ts';
import type { OnOpening } from '../../core/release/request.ts';
import type { ReleaseFile } from '../../core/release/release.ts';
import { attempt } from '../../core/settings/files.ts';
import { isThere, type Made } from '../../core/settings/made.ts';

export interface UpdateFileDeps {
  /** The publisher's folder. */
  readonly address: string;
  /** Where what was fetched waits. */
  readonly folder: string;
  /** Told of each connection that it is about to open. */
  readonly onOpening: OnOpening;
  /** Puts a file that is as listed in this program's place, or opens it; and lets the app end. */
  readonly takeOver: (file: string, listed: ReleaseFile) => Promise<Problem | null>;
  /** A block is on its way to the user's node. */
  readonly isBlockUnderWay: () => boolean;
}

/** The file of a newer version, from the offer of a signed list to its place. Each step is the user's. */
export class UpdateFile {
  readonly #deps: UpdateFileDeps;
  #offered: ReleaseFile | null = null;
  #state: State = { state: 'none' };
  #underWay: AbortController | null = null;

  constructor(deps: UpdateFileDeps) {
    this.#deps = deps;
  }

  get state(): State {
    return this.#state;
  }

  /** What the newest list names for this computer; null: nothing newer, and what was fetched before is of no use. */
  offer(file: ReleaseFile | null): void {
    if (file !== null && file.sha256 === this.#offered?.sha256) return;
    this.stop();
    this.#offered = file;
    this.#state = offerOf(file);
    if (file === null) this.made().remove();
  }

  /** Resolves when it is here, or it is known why not. */
  async fetch(): Promise<void> {
    const { address, onOpening } = this.#deps;
    const offered = this.#offered;
    if (offered === null || this.#underWay !== null || this.#state.state === 'ready') return;
    const underWay = new AbortController();
    this.#underWay = underWay;
    const tell = (bytes: number) => {
      if (this.#underWay === underWay)
        this.#state = { state: 'running', bytes, totalBytes: offered.bytes };
    };
    tell(0);
    const fault = await download(new URL(offered.name, address), offered, this.#placeOf(offered), {
      signal: underWay.signal,
      onProgress: tell,
      onOpening,
    });
    if (this.#underWay !== underWay) return;
    this.#underWay = null;
    this.#state = fault === null ? { state: 'ready' } : { state: 'failed', problem: fault };
  }

  /** What is here already stays for the next time. */
  stop(): void {
    if (this.#underWay === null) return;
    this.#underWay.abort();
    this.#underWay = null;
    this.#state = offerOf(this.#offered);
  }

  /** Read again before it is let loose: much may have happened since it was fetched. */
  async install(): Promise<Result<undefined>> {
    const { takeOver, isBlockUnderWay } = this.#deps;
    const offered = this.#offered;
    if (offered === null || this.#state.state !== 'ready') return refused(problem('updateNotHere'));
    if (isBlockUnderWay()) return refused(problem('updateAwaitsBlock'));
    const file = this.#placeOf(offered);
    if (!isThere(file) || !(await isAsListed(file, offered))) {
      this.#state = offerOf(offered);
      return refused(problem('updateChanged'));
    }
    const fault = await takeOver(file, offered);
    return fault === null ? success(undefined) : refused(fault);
  }

  made(): Made {
    const { folder } = this.#deps;
    return {
      kind: 'update',
      place: folder,
      isThere: () => isThere(folder),
      remove: () => attempt(() => rmSync(folder, { recursive: true, force: true })),
    };
  }

  #placeOf({ name }: ReleaseFile): string {
    return join(this.#deps.folder, name);
  }
}

function offerOf(file: ReleaseFile | null): State {
  return file === null ? { state: 'none' } : { state: 'offered', totalBytes: file.bytes };
}
