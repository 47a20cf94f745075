import type { AddressReport, PowerTrialState, SettingsPatch } from '../../contract/ipc.ts';
import { problem, type Problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import {
  CONSENT_VERSION,
  defaultSettings,
  type PowerSettings,
  type Settings,
} from '../../contract/settings.ts';
import type { Clock } from '../../core/clock.ts';
import type { AddressAlert } from '../../core/settings/store.ts';
import { withApiToken } from './apiToken.ts';
import type { LogRing } from './logRing.ts';
import { PowerTrial } from './powerTrial.ts';

/** Where the settings are kept (core/settings/store.ts). */
export interface SettingsKeeper {
  readonly current: Settings;
  readonly addressAlert: AddressAlert | null;
  /** Writes the whole document; a problem when the disk refuses. */
  save(settings: Settings): Problem | null;
  confirmAddress(address: string | null): void;
  /** True when somebody else has changed anything. */
  takeOutsideChanges(): boolean;
}

export interface SettingsEditorParts {
  readonly clock: Clock;
  readonly keeper: SettingsKeeper;
  readonly log: LogRing;
  readonly checkAddress: (text: string) => AddressReport;
  readonly isFullPower: (power: PowerSettings) => boolean;
  /** They, or the alert about their address, changed. */
  readonly onSettings: (settings: Settings) => void;
  /** A trial of full power began or ended: another power holds. */
  readonly onPowerTrial: (state: PowerTrialState) => void;
  readonly isMining: () => boolean;
}

/** Checks what the user changes, writes it down and tells whoever shows it. What disk or check refuse changes nothing. */
export class SettingsEditor {
  readonly trial: PowerTrial;
  readonly #parts: SettingsEditorParts;

  constructor(parts: SettingsEditorParts) {
    this.#parts = parts;
    this.trial = new PowerTrial({
      clock: parts.clock,
      isFullPower: parts.isFullPower,
      onChange: parts.onPowerTrial,
      onExpired: () => parts.log.add({ level: 'info', key: 'fullPowerNotKept', values: {} }),
    });
  }

  get current(): Settings {
    return this.#parts.keeper.current;
  }

  get addressAlert(): AddressAlert | null {
    return this.#parts.keeper.addressAlert;
  }

  /** The settings' power, or the full power that is tried. */
  get power(): PowerSettings {
    return this.trial.power ?? this.current.power;
  }

  giveConsent(version: number): Result<Settings> {
    if (version !== CONSENT_VERSION) return refused(problem('oldConsent'));
    const consent = { version, givenAtMs: this.#parts.clock.wallMs() };
    return this.#save({ ...this.current, consent });
  }

  /** A full power is not written down: its trial begins, counting from now on where it is mined. */
  update(patch: SettingsPatch): Result<Settings> {
    if (patch.wallet) {
      const report = this.#parts.checkAddress(patch.wallet.address);
      if (!report.valid) return refused(report.problem);
      patch = { ...patch, wallet: { ...patch.wallet, address: report.address } };
    }
    const { power, ...others } = patch;
    const isTried = power !== undefined && this.trial.isNeeded(power, this.current.power);
    const written = definedOnly(isTried ? others : patch);
    const saved = this.#save(withApiToken({ ...this.current, ...written }));
    if (!saved.ok) return saved;
    if (isTried) this.trial.use(power, this.#parts.isMining());
    else if (power !== undefined) this.trial.end();
    if (patch.wallet !== undefined) this.#confirmAddress();
    return saved;
  }

  /** Writes down the full power that is being tried. On a problem the trial goes on, and ends by itself. */
  keepFullPower(): Result<undefined> {
    const { power } = this.trial;
    if (power === null) return refused(problem('noTrial'));
    const saved = this.#save({ ...this.current, power });
    if (!saved.ok) return saved;
    this.trial.end();
    return success(undefined);
  }

  /** Everything but the consent goes back to what a fresh profile starts with. */
  reset(): Result<Settings> {
    this.trial.end();
    const saved = this.#save({ ...defaultSettings(), consent: this.current.consent });
    if (saved.ok) this.#confirmAddress();
    return saved;
  }

  /** Whether the user's Stop lasts: saved if the disk lets us, and obeyed anyhow. */
  rememberStop(stoppedByUser: boolean): void {
    if (stoppedByUser !== this.current.stoppedByUser)
      this.#save({ ...this.current, stoppedByUser });
  }

  /** True when somebody else has changed the file. */
  takeOutsideChanges(): boolean {
    const { keeper, log, onSettings } = this.#parts;
    if (!keeper.takeOutsideChanges()) return false;
    if (this.addressAlert !== null) log.tell('error', problem('addressReplaced'));
    onSettings(this.current);
    return true;
  }

  #save(settings: Settings): Result<Settings> {
    const { keeper, log, onSettings } = this.#parts;
    const fault = keeper.save(settings);
    if (fault !== null) {
      log.tell('error', fault);
      return refused(fault);
    }
    onSettings(this.current);
    return success(this.current);
  }

  #confirmAddress(): void {
    this.#parts.keeper.confirmAddress(this.current.wallet?.address ?? null);
    this.#parts.onSettings(this.current);
  }
}

/** A key that is present but undefined must not erase a setting. */
function definedOnly(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
