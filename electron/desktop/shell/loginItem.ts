import { problem, type Problem } from '../../contract/problem.ts';
import type { Made } from '../../core/settings/made.ts';

/** The system's own entry of what opens at login (shell/loginEntry.ts). */
export interface LoginEntry {
  /** Writes it or takes it away. Throws what the system says against it. */
  set(openAtLogin: boolean): void;
  /** The app may have moved since it was written. Likewise. */
  repair(): void;
  made(): Made;
}

/**
 * Opening the app at login, as the setting wants it. The system's entry is touched when the setting changes, and repaired at
 * launch; who switched it off in the system's own settings is obeyed.
 */
export class LoginItem {
  readonly #entry: LoginEntry;
  #applied: boolean | undefined;

  constructor(entry: LoginEntry) {
    this.#entry = entry;
  }

  /** Null when that worked. */
  apply(openAtLogin: boolean): Problem | null {
    const isFirst = this.#applied === undefined;
    const isChange = !isFirst && this.#applied !== openAtLogin;
    this.#applied = openAtLogin;
    try {
      if (isChange) this.#entry.set(openAtLogin);
      else if (isFirst && openAtLogin) this.#entry.repair();
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return problem('loginItemUnwritable', { reason });
    }
  }

  made(): Made {
    return this.#entry.made();
  }
}
