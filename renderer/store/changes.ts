import type { SettingsPatch } from '../../electron/contract/ipc.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { Settings } from '../../electron/contract/settings.ts';
import type { Bridge } from '../bridge.ts';
import type { Asking } from './asking.ts';
import { showSettings, type Mirror } from './mirror.ts';
import type { Navigation } from './navigation.ts';
import type { SetState } from './setState.ts';

/** What the user decides, carried out by the main process; true when it was. */
export interface Changes {
  readonly update: (patch: SettingsPatch) => Promise<boolean>;
  /** Confirms an address of the alert; the other one is forgotten. */
  readonly confirmAddress: (address: string | null) => Promise<boolean>;
  /** Explains the dashboard once more. */
  readonly showTour: () => Promise<void>;
  readonly giveConsent: () => Promise<boolean>;
  readonly reset: () => Promise<boolean>;
  readonly keepFullPower: () => Promise<void>;
  readonly revertFullPower: () => Promise<void>;
  readonly answerClose: (
    action: 'background' | 'quit' | 'cancel',
    remember: boolean,
  ) => Promise<void>;
}

export function createChanges(
  { ask, run }: Pick<Asking, 'ask' | 'run'>,
  get: () => Pick<Mirror, 'status'>,
  set: SetState<Mirror & Pick<Navigation, 'screen'>>,
): Changes {
  async function write(call: (bridge: Bridge) => Promise<Result<Settings>>): Promise<boolean> {
    const settings = await ask(call);
    if (settings) showSettings(set, settings);
    return settings !== null;
  }

  const update = (patch: SettingsPatch) => write((to) => to.settings.update(patch));

  return {
    update,
    confirmAddress: (address) => update({ wallet: address === null ? null : { address } }),

    async showTour() {
      const { status } = get();
      if (status.phase !== 'ready') return;
      set({ screen: 'dashboard' });
      await update({ appearance: { ...status.settings.appearance, tour: true } });
    },

    async giveConsent() {
      const { status } = get();
      if (status.phase !== 'ready') return false;
      const version = status.info.consentVersion;
      return write((to) => to.settings.giveConsent({ version }));
    },

    async reset() {
      const isReset = await write((to) => to.settings.reset());
      if (isReset) set({ screen: 'dashboard', recentRates: [] });
      return isReset;
    },

    async keepFullPower() {
      await run((to) => to.power.keepFull());
    },

    async revertFullPower() {
      await run((to) => to.power.revertFull());
    },

    async answerClose(action, remember) {
      set({ closeAsked: null });
      await run((to) => to.window.closeChoice({ action, remember }));
    },
  };
}
