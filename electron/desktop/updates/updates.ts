import { problem } from '../../contract/problem.ts';
import type { UpdateReport, UpdateState, UpdateWay } from '../../contract/release.ts';
import type { Result } from '../../contract/result.ts';
import type { Cancel, Clock } from '../../core/clock.ts';
import type { Publisher } from '../../core/release/lookForRelease.ts';
import { isNewer, staleDays, type Release } from '../../core/release/release.ts';
import type { UpdateFile } from './updateFile.ts';

const LOOK_EVERY_MS = 24 * 3_600_000;

export interface UpdateDeps {
  readonly clock: Clock;
  readonly version: string;
  readonly way: UpdateWay;
  readonly publisher: Publisher;
  /** What this program is among the list's files. */
  readonly target: string;
  readonly file: Pick<UpdateFile, 'state' | 'offer' | 'fetch' | 'stop' | 'install'>;
  readonly look: (publisher: Publisher) => Promise<Result<Release>>;
  /** Called once for every version that is heard of. */
  readonly onNewer: (version: string) => void;
}

/** Looks for newer versions, once a day while the user wants it, and tells. */
export class Updates {
  readonly #deps: UpdateDeps;
  #isOn = false;
  #state: UpdateState = { state: 'off' };
  #underWay: Promise<void> | null = null;
  #stopLooking: Cancel = () => undefined;
  #told = '';

  constructor(deps: UpdateDeps) {
    this.#deps = deps;
  }

  /** Follows the setting. */
  apply(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#stopLooking();
    if (!isOn) {
      this.#state = { state: 'off' };
      this.#deps.file.offer(null);
      return;
    }
    if (this.#deps.publisher.keys.length === 0) {
      this.#state = { state: 'unavailable', problem: problem('releaseKeyNone') };
      return;
    }
    void this.#look();
    this.#stopLooking = this.#deps.clock.every(LOOK_EVERY_MS, () => void this.#look());
  }

  /** What is known, once the question under way is answered. */
  async report(): Promise<UpdateReport> {
    await this.#underWay;
    const { publisher, way, file } = this.#deps;
    return {
      ...{ host: new URL(publisher.address).host, way },
      ...{ update: this.#state, file: file.state },
    };
  }

  /** Asks again at once, if it may. */
  async lookNow(): Promise<UpdateReport> {
    if (this.#isOn && this.#state.state !== 'unavailable') void this.#look();
    return this.report();
  }

  /** Fetches the newer version that was found. */
  async download(): Promise<UpdateReport> {
    await this.#deps.file.fetch();
    return this.report();
  }

  stopDownload(): void {
    this.#deps.file.stop();
  }

  install(): Promise<Result<undefined>> {
    return this.#deps.file.install();
  }

  /** The app ends. */
  close(): void {
    this.#isOn = false;
    this.#stopLooking();
    this.stopDownload();
  }

  #look(): Promise<void> {
    this.#underWay ??= this.#ask().finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  async #ask(): Promise<void> {
    const { clock, version, publisher, target, file, look, onNewer } = this.#deps;
    const found = await look(publisher);
    if (!this.#isOn) return;
    if (!found.ok) {
      this.#state = { state: 'failed', problem: found.error };
      return;
    }
    const newer = isNewer(found.value.version, version) ? found.value.version : null;
    file.offer(newer === null ? null : (found.value.files[target] ?? null));
    const lookedAtMs = clock.wallMs();
    this.#state = {
      state: 'known',
      newer,
      lookedAtMs,
      staleDays: staleDays(found.value, lookedAtMs),
    };
    if (newer !== null && newer !== this.#told) onNewer(newer);
    this.#told = newer ?? '';
  }
}
