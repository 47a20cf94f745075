import { Menu } from '@base-ui/react/menu';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import Square from 'lucide-react/icons/square';
import { useRef } from 'react';
import { Button, buttonClass } from '../components/Button.tsx';
import { ChangingControls } from '../components/ChangingControls.tsx';
import { menuItemClass } from '../components/MenuItem.tsx';
import { useApp, useOfSnapshot } from '../store/StoreContext.tsx';
import styles from './MiningControls.module.css';
import { useText } from '../text.ts';

const pauses = [
  { key: 'pause15', minutes: 15 },
  { key: 'pause60', minutes: 60 },
  { key: 'pause240', minutes: 240 },
  { key: 'pauseOpen', minutes: null },
] as const;

/** Start, Stop, Pause and Resume. Stop never asks, and is there whenever something may be running. */
export function MiningControls({ large }: { readonly large: boolean }) {
  const { t } = useText();
  const run = useApp((state) => state.run);
  const activity = useOfSnapshot(({ activity }) => activity);
  const size = large ? 'l' : 'm';

  // Each in a place of its own, so that none becomes another one under the focus.
  return (
    <ChangingControls label={t('state.label')} className={styles.controls}>
      {activity === 'off' && (
        <Button
          size={size}
          variant="primary"
          onClick={() => void run((bridge) => bridge.mining.start())}
        >
          <Play aria-hidden />
          {t('control.start')}
        </Button>
      )}
      {activity === 'pausedByUser' && (
        <Button
          size={size}
          variant="primary"
          onClick={() => void run((bridge) => bridge.mining.resume())}
        >
          <Play aria-hidden />
          {t('control.resume')}
        </Button>
      )}
      {(activity === 'held' || activity === 'hashing') && <PauseMenu size={size} />}
      {activity !== 'off' && (
        <Button size={size} onClick={() => void run((bridge) => bridge.mining.stop())}>
          <Square aria-hidden />
          {t('control.stop')}
        </Button>
      )}
    </ChangingControls>
  );
}

function PauseMenu({ size }: { readonly size: 'm' | 'l' }) {
  const { t } = useText();
  const run = useApp((state) => state.run);
  // The menu stays inside the page's landmarks instead of going to the end of the body.
  const holder = useRef<HTMLDivElement>(null);
  return (
    <div ref={holder}>
      <Menu.Root modal={false}>
        <Menu.Trigger className={buttonClass('plain', size)}>
          <Pause aria-hidden />
          {t('control.pause')}
          <ChevronDown aria-hidden />
        </Menu.Trigger>
        <Menu.Portal container={holder}>
          <Menu.Positioner className={styles.positioner} sideOffset={6} align="end">
            <Menu.Popup className={styles.popup}>
              {pauses.map(({ key, minutes }) => (
                <Menu.Item
                  key={key}
                  className={menuItemClass}
                  onClick={() => void run((bridge) => bridge.mining.pause({ minutes }))}
                >
                  {t(`control.${key}`)}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
