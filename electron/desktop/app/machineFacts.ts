import type { SystemReport } from '../../contract/ipc.ts';
import type { PowerSettings } from '../../contract/settings.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import type { MachineUse } from './machineUse.ts';
import { systemReport, type ShellFacts } from './systemReport.ts';

export interface MachineFactsParts {
  readonly use: MachineUse;
  readonly tunings: Tunings;
  readonly power: () => PowerSettings;
  readonly onChange: (report: SystemReport) => void;
}

/** What this computer and its desktop offer, and tells when that is another than before. */
export class MachineFacts {
  readonly #parts: MachineFactsParts;
  /** Whether our icon is seen in the desktop's tray. */
  isTrayShown = false;
  #told = '';

  constructor(parts: MachineFactsParts) {
    this.#parts = parts;
  }

  get now(): ShellFacts {
    return { ...this.#parts.use.known, trayAvailable: this.isTrayShown };
  }

  report(): SystemReport {
    const { power, tunings } = this.#parts;
    return systemReport(this.now, power(), tunings);
  }

  look(): void {
    const now = JSON.stringify(this.now);
    if (now === this.#told) return;
    this.#told = now;
    this.#parts.onChange(this.report());
  }
}
