import X from 'lucide-react/icons/x';
import { useId, useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import fieldStyles from '../../components/Field.module.css';
import styles from './Settings.module.css';

const MOST = 32;

interface ProgramListProps {
  readonly programs: readonly string[];
  readonly onChange: (programs: string[]) => void;
}

/** The programs that pause mining, by name; those that run now are offered. */
export function ProgramList({ programs, onChange }: ProgramListProps) {
  const { t } = useText();
  const { system } = useReady();
  const ask = useApp((state) => state.ask);
  const id = useId();
  const [name, setName] = useState('');
  const [running, setRunning] = useState<readonly string[]>([]);
  const wanted = name.trim();
  const mayAdd = wanted !== '' && !programs.includes(wanted) && programs.length < MOST;

  function add(): void {
    onChange([...programs, wanted]);
    setName('');
  }

  return (
    <section aria-labelledby={`${id}title`} data-row className={styles.programs}>
      <div>
        <h3 id={`${id}title`} className={fieldStyles.label}>
          {t('settings.programs')}
        </h3>
        <p className={styles.quiet}>
          {system.programsKnown ? t('settings.programsHint') : t('power.notAvailable')}
        </p>
      </div>
      {system.programsKnown && (
        <>
          {programs.length === 0 ? (
            <p className={styles.quiet}>{t('settings.programsNone')}</p>
          ) : (
            <ul className={styles.chips} aria-label={t('settings.programsAdded')}>
              {programs.map((program) => (
                <li key={program} className={styles.chip}>
                  <span className={styles.chipName}>{program}</span>
                  <IconButton
                    label={t('settings.programsRemove', { name: program })}
                    onClick={() => onChange(programs.filter((other) => other !== program))}
                  >
                    <X aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <form
            className={styles.presets}
            onSubmit={(event) => {
              event.preventDefault();
              if (mayAdd) add();
            }}
          >
            <input
              className={fieldStyles.input}
              aria-label={t('settings.programsName')}
              placeholder={t('settings.programsName')}
              list={`${id}running`}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              value={name}
              onFocus={() =>
                void ask((bridge) => bridge.system.programs()).then((names) => {
                  if (names) setRunning(names);
                })
              }
              onChange={(event) => setName(event.target.value)}
            />
            <datalist id={`${id}running`}>
              {running.map((program) => (
                <option key={program} value={program} />
              ))}
            </datalist>
            <Button type="submit" disabled={!mayAdd}>
              {t('settings.programsAdd')}
            </Button>
          </form>
        </>
      )}
    </section>
  );
}
