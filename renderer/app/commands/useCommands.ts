import { screens, settingsSections, type Screen } from '../../store/navigation.ts';
import { useApp, useOfSnapshot } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import type { ShortcutKey } from './shortcut.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly key?: ShortcutKey;
  readonly run: () => void;
}

/** In the shape that the list of a palette wants. */
export interface CommandGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

const pauses = [
  { id: 'pause15', minutes: 15 },
  { id: 'pause60', minutes: 60 },
  { id: 'pause240', minutes: 240 },
  { id: 'pauseOpen', minutes: null, key: 'p' },
] as const;

const screenKeys: Readonly<Record<Screen, ShortcutKey>> = {
  dashboard: '1',
  history: '2',
  pools: '3',
  settings: '4',
  logs: '5',
  health: '6',
  about: '7',
};

const themes = [
  { theme: 'system', id: 'themeSystem' },
  { theme: 'light', id: 'themeLight' },
  { theme: 'dark', id: 'themeDark' },
] as const;

/** All that can be done from the keyboard just now: what the palette lists, and what shortcuts run. */
export function useCommands(): readonly CommandGroup[] {
  const { t } = useText();
  const show = useApp((state) => state.show);
  const openSettings = useApp((state) => state.openSettings);
  return [
    { value: t('commands.mining'), items: useMiningCommands() },
    {
      value: t('commands.screens'),
      items: screens.map((screen) => ({
        id: screen,
        label: t(`nav.${screen}`),
        key: screenKeys[screen],
        run: () => show(screen),
      })),
    },
    {
      value: t('nav.settings'),
      items: settingsSections.map((section) => ({
        id: `settings.${section}`,
        label: t('commands.settings', { section: t(`settings.sections.${section}`) }),
        run: () => openSettings(section),
      })),
    },
    {
      value: t('settings.sections.appearance'),
      items: [...useZoomCommands(), ...useThemeCommands()],
    },
    { value: t('nav.dashboard'), items: useTourCommand() },
  ];
}

function useMiningCommands(): readonly Command[] {
  const { t } = useText();
  const ask = useApp((state) => state.run);
  const activity = useOfSnapshot(({ activity }) => activity);
  const stop: Command = {
    id: 'stop',
    label: t('control.stop'),
    key: '.',
    run: () => void ask((bridge) => bridge.mining.stop()),
  };
  switch (activity) {
    case 'off':
      return [
        {
          id: 'start',
          label: t('control.start'),
          key: 'Enter',
          run: () => void ask((bridge) => bridge.mining.start()),
        },
      ];
    case 'pausedByUser':
      return [
        {
          id: 'resume',
          label: t('control.resume'),
          key: 'Enter',
          run: () => void ask((bridge) => bridge.mining.resume()),
        },
        stop,
      ];
    case 'held':
    case 'hashing':
      return [
        stop,
        ...pauses.map(({ id, minutes, ...key }) => ({
          id,
          label: t(`commands.${id}`),
          ...key,
          run: () => void ask((bridge) => bridge.mining.pause({ minutes })),
        })),
      ];
    case undefined:
      return [stop];
  }
}

const zooms = [
  { to: 'in', id: 'zoomIn', key: '+' },
  { to: 'out', id: 'zoomOut', key: '-' },
  { to: 'reset', id: 'zoomReset', key: '0' },
] as const;

/** The main process listens for their keys itself: they also hold before the app is set up. */
function useZoomCommands(): readonly Command[] {
  const { t } = useText();
  const ask = useApp((state) => state.run);
  return zooms.map(({ to, id, key }) => ({
    id,
    label: t(`commands.${id}`),
    key,
    run: () => void ask((bridge) => bridge.window.zoom({ to })),
  }));
}

function useThemeCommands(): readonly Command[] {
  const { t } = useText();
  const update = useApp((state) => state.update);
  const status = useApp((state) => state.status);
  if (status.phase !== 'ready') return [];
  const { appearance } = status.settings;
  return themes
    .filter(({ theme }) => theme !== appearance.theme)
    .map(({ theme, id }) => ({
      id,
      label: t(`commands.${id}`),
      run: () => void update({ appearance: { ...appearance, theme } }),
    }));
}

function useTourCommand(): readonly Command[] {
  const { t } = useText();
  const showTour = useApp((state) => state.showTour);
  return [{ id: 'tour', label: t('tour.show'), run: () => void showTour() }];
}
