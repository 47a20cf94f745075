import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import Keyboard from 'lucide-react/icons/keyboard';
import { useEffect, useState } from 'react';
import { MenuItem, menuItemClass } from '../../components/MenuItem.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Commands.module.css';
import { ariaShortcut, pressed, shortcutText, type ShortcutKey } from './shortcut.ts';
import { useCommands, type Command, type CommandGroup } from './useCommands.ts';

const PALETTE_KEY = 'k';

/** The palette with its button, and every shortcut. A dialog that asks something is answered first: shortcuts wait for it. */
export function Commands() {
  const { t } = useText();
  const groups = useCommands();
  const [open, setOpen] = useState(false);
  const isMac = useApp(
    ({ status }) => status.phase === 'ready' && status.info.platform.startsWith('darwin'),
  );
  const keyText = (key: ShortcutKey) => shortcutText(key, isMac, t('commands.control'));

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const key = pressed(event, isMac);
      const command = groups.flatMap(({ items }) => items).find((one) => one.key === key);
      if (key === null || (key !== PALETTE_KEY && !command)) return;
      event.preventDefault();
      if (!open && document.querySelector('[role=dialog], [role=alertdialog]')) return;
      setOpen(key === PALETTE_KEY && !open);
      command?.run();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [groups, isMac, open]);

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={<MenuItem />}
        title={t('commands.title')}
        aria-keyshortcuts={ariaShortcut(PALETTE_KEY, isMac)}
      >
        <Keyboard aria-hidden />
        <span>{t('commands.title')}</span>
        <kbd aria-hidden>{keyText(PALETTE_KEY)}</kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={t('commands.title')}>
          <Palette
            groups={groups}
            keyText={keyText}
            choose={(command) => {
              setOpen(false);
              command.run();
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteProps {
  readonly groups: readonly CommandGroup[];
  readonly keyText: (key: ShortcutKey) => string;
  readonly choose: (command: Command) => void;
}

function Palette({ groups, keyText, choose }: PaletteProps) {
  const { t } = useText();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      itemToStringValue={({ label }: Command) => label}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.Input
        className={styles.input}
        aria-label={t('commands.search')}
        placeholder={t('commands.search')}
      />
      <div className={styles.scroll}>
        <Autocomplete.Empty className={styles.empty}>{t('commands.none')}</Autocomplete.Empty>
        <Autocomplete.List>
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className={styles.group}>
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: Command) => (
                  <Autocomplete.Item
                    key={command.id}
                    value={command}
                    className={menuItemClass}
                    onClick={() => choose(command)}
                  >
                    {command.label}
                    {command.key && <kbd>{keyText(command.key)}</kbd>}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}
