import type { MenuItemConstructorOptions } from 'electron';
import { POWER_PROFILES } from '../app/power.ts';
import type { NamedProfile, PowerProfile } from '../../contract/settings.ts';
import { createText } from '../../contract/text/index.ts';
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

const english = createText('en');

export type TrayIcon = 'mining' | 'paused' | 'stopped';

const pauses: readonly (readonly [label: string, minutes: number | null])[] = [
  ['15 minutes', 15],
  ['1 hour', 60],
  ['4 hours', 240],
  ['Until I resume', null],
];

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
export function statusLine(snapshot: Snapshot): string {
  const sentence = whyLine(english, snapshot, { countdown: false }).replace(/\.$/, '');
  const rate = snapshot.rates.h10s;
  return rate === null ? sentence : `${sentence} · ${formatRate(rate)}`;
}

export function trayMenu(
  snapshot: Snapshot,
  profile: PowerProfile,
  commands: TrayCommands,
): MenuItemConstructorOptions[] {
  const isOn = snapshot.activity !== 'off';
  const { accepted, rejected, stale } = snapshot.shares;
  const isHeld = snapshot.activity === 'pausedByUser';
  return [
    { label: statusLine(snapshot), enabled: false },
    { type: 'separator' },
    isOn
      ? { id: 'stop', label: 'Stop', click: commands.stop }
      : { id: 'start', label: 'Start', click: commands.start },
    isHeld
      ? { id: 'resume', label: 'Resume', click: commands.resume }
      : {
          id: 'pause',
          label: 'Pause',
          enabled: isOn,
          submenu: pauses.map(([label, minutes]) => ({
            label,
            click: () => commands.pause(minutes),
          })),
        },
    {
      id: 'power',
      label: 'Power',
      submenu: POWER_PROFILES.map(({ id, label }) => ({
        label,
        type: 'radio' as const,
        checked: id === profile,
        click: () => commands.usePower(id),
      })),
    },
    {
      label: `Shares: ${accepted} accepted, ${rejected} rejected, ${stale} stale`,
      enabled: false,
    },
    { type: 'separator' },
    { id: 'open', label: 'Open Ibctminer', click: () => commands.open('dashboard') },
    { id: 'settings', label: 'Settings…', click: () => commands.open('settings') },
    { type: 'separator' },
    { id: 'quit', label: isOn ? 'Quit (stops mining)' : 'Quit', click: commands.quit },
  ];
}

function formatRate(hashesPerSecond: number): string {
  return hashesPerSecond >= 1000
    ? `${(hashesPerSecond / 1000).toFixed(2)} kH/s`
    : `${hashesPerSecond.toFixed(hashesPerSecond >= 100 ? 0 : 1)} H/s`;
}
