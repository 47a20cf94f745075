import type { SetState } from './setState.ts';

export const screens = [
  'dashboard',
  'history',
  'pools',
  'settings',
  'logs',
  'health',
  'about',
] as const;
export type Screen = (typeof screens)[number];

export const settingsSections = [
  'wallet',
  'power',
  'rules',
  'tuning',
  'appearance',
  'notifications',
  'opening',
  'connections',
  'reset',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Where in the window the user is. */
export interface Navigation {
  readonly screen: Screen;
  readonly settingsAt: {
    readonly section: SettingsSection;
    /** From elsewhere: the focus goes there too. */
    readonly isAskedFor: boolean;
  };
  readonly show: (screen: Screen) => void;
  /** Leads to a section of Settings from wherever the user is. */
  readonly openSettings: (section: SettingsSection) => void;
  /** Another section, chosen in Settings itself. */
  readonly chooseSection: (section: SettingsSection) => void;
}

export function createNavigation(set: SetState<Navigation>): Navigation {
  return {
    screen: 'dashboard',
    settingsAt: { section: 'wallet', isAskedFor: false },
    show: (screen) => set({ screen }),
    openSettings: (section) =>
      set({ screen: 'settings', settingsAt: { section, isAskedFor: true } }),
    chooseSection: (section) => set({ settingsAt: { section, isAskedFor: false } }),
  };
}
