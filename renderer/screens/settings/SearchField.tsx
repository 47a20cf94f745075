import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useEffect, useRef } from 'react';
import { ariaShortcut, pressed } from '../../app/commands/shortcut.ts';
import { IconButton } from '../../components/Button.tsx';
import fieldStyles from '../../components/Field.module.css';
import { cx } from '../../components/cx.ts';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Sections.module.css';

const KEY = 'f';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Reached with Ctrl+F; Escape empties it. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const { t } = useText();
  const isMac = useReady().info.platform.startsWith('darwin');
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (pressed(event, isMac) !== KEY || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isMac]);

  return (
    <div role="search" className={styles.search}>
      <Search aria-hidden />
      <input
        ref={input}
        className={cx(fieldStyles.input, styles.searchInput)}
        aria-label={t('settings.search')}
        aria-keyshortcuts={ariaShortcut(KEY, isMac)}
        placeholder={t('settings.search')}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
        }}
      />
      {value !== '' && (
        <IconButton
          label={t('settings.searchClear')}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
