import type { MenuItemConstructorOptions } from 'electron';
import type { NamedProfile, PowerProfile } from '../../contract/settings.ts';
import type { Text } from '../../contract/text/index.ts';
import { hashrateText } from '../../contract/text/numbers.ts';
import { whyLine } from '../../contract/text/why.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

/** Commands behind the menu's items. */
export interface TrayCommands {
  readonly start: () => void;
  readonly stop: () => void;
  /** `minutes` null: until resumed. */
  readonly pause: (minutes: number | null) => void;
  readonly resume: () => void;
  readonly usePower: (profile: NamedProfile) => void;
  readonly open: (screen: 'dashboard' | 'settings') => void;
  readonly quit: () => void;
}

export type TrayIcon = 'mining' | 'paused' | 'stopped';

const namedProfiles = ['quiet', 'balanced', 'full'] as const satisfies readonly NamedProfile[];

const pauses = [
  ['control.pause15', 15],
  ['control.pause60', 60],
  ['control.pause240', 240],
  ['control.pauseOpen', null],
] as const;

/** Three states told apart by shape: hashing, held up for now, and off. */
export function trayIcon({ activity }: Snapshot): TrayIcon {
  switch (activity) {
    case 'hashing':
      return 'mining';
    case 'held':
    case 'pausedByUser':
      return 'paused';
    case 'off':
      return 'stopped';
  }
}

/** The why line, with the hashrate while there is one. Countdowns are left to the window. */
export function statusLine(text: Text, snapshot: Snapshot): string {
  const sentence = whyLine(text, snapshot, { countdown: false }).replace(/[.。]$/, '');
  const rate = snapshot.rates.h10s;
  return rate === null ? sentence : `${sentence} · ${hashrateText(rate, text.language)}`;
}

export function trayMenu(
  text: Text,
  snapshot: Snapshot,
  profile: PowerProfile,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const { t } = text;
  const isOn = snapshot.activity !== 'off';
  const { accepted, rejected, stale } = snapshot.shares;
  const isHeld = snapshot.activity === 'pausedByUser';
  return [
    { label: statusLine(text, snapshot), enabled: false },
    { type: 'separator' },
    isOn
      ? { id: 'stop', label: t('tray.stop'), click: commands.stop }
      : { id: 'start', label: t('tray.start'), click: commands.start },
    isHeld
      ? { id: 'resume', label: t('control.resume'), click: commands.resume }
      : {
          id: 'pause',
          label: t('control.pause'),
          enabled: isOn,
          submenu: pauses.map(([key, minutes]) => ({
            label: t(key),
            click: () => commands.pause(minutes),
          })),
        },
    {
      id: 'power',
      label: t('tray.power'),
      submenu: namedProfiles.map((id) => ({
        label: t(`tray.profile.${id}`),
        type: 'radio' as const,
        checked: id === profile,
        click: () => commands.usePower(id),
      })),
    },
    {
      label: t('tray.shares', { accepted, rejected, stale }),
      enabled: false,
    },
    { type: 'separator' },
    { id: 'open', label: t('tray.open'), click: () => commands.open('dashboard') },
    { id: 'settings', label: t('tray.settings'), click: () => commands.open('settings') },
    { type: 'separator' },
    { id: 'quit', label: isOn ? t('tray.quitMining') : t('close.quit'), click: commands.quit },
  ];
}
