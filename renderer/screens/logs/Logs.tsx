import ScrollText from 'lucide-react/icons/scroll-text';
import { useState } from 'react';
import type { LogEntry } from '../../../electron/contract/logLine.ts';
import { logText, plainLine } from '../../../electron/contract/text/why.ts';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Segments } from '../../components/Segments.tsx';
import { TextField } from '../../components/TextField.tsx';
import { moment } from '../../../electron/contract/text/time.ts';
import { useApp } from '../../store/StoreContext.tsx';
import { KeptLogs } from './KeptLogs.tsx';
import { Messages } from './Messages.tsx';
import styles from './Logs.module.css';
import { useText } from '../../text.ts';

const levels = {
  all: ['info', 'warn', 'error'],
  warn: ['warn', 'error'],
  error: ['error'],
} as const satisfies Record<string, readonly LogEntry['level'][]>;
type Filter = keyof typeof levels;

const tones = { info: 'plain', warn: 'caution', error: 'danger' } as const;

export function Logs() {
  return (
    <>
      <LogLines />
      <Messages />
    </>
  );
}

/** Newest first. */
function LogLines() {
  const text = useText();
  const { t, language } = text;
  const logs = useApp((state) => state.logs);
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = logs
    .filter((entry) => (levels[filter] as readonly string[]).includes(entry.level))
    .filter((entry) => logText(text, entry).toLowerCase().includes(wanted))
    .toReversed();
  const now = shown[0]?.timeMs ?? 0;

  const asText = () =>
    shown
      .toReversed()
      .map((entry) => plainLine(text, entry))
      .join('\n');

  return (
    <Card
      title={t('logs.entries')}
      aside={shown.length > 0 && <CopyButton label={t('logs.copy')} text={asText} />}
    >
      <p className={styles.lead}>{t('logs.lead')}</p>
      {logs.length === 0 ? (
        <EmptyState icon={ScrollText} title={t('logs.emptyTitle')}>
          {t('logs.empty')}
        </EmptyState>
      ) : (
        <>
          <Segments
            label={t('logs.filter')}
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: t('logs.all') },
              { value: 'warn', label: t('logs.warn') },
              { value: 'error', label: t('logs.error') },
            ]}
          />
          <TextField label={t('logs.search')} type="search" value={search} onChange={setSearch} />
          {shown.length === 0 ? (
            <p className={styles.lead}>{t('logs.noMatch')}</p>
          ) : (
            <ol className={styles.lines} tabIndex={0} aria-label={t('logs.entries')}>
              {shown.map((entry, index) => (
                <li key={shown.length - index} className={styles.line}>
                  <time dateTime={new Date(entry.timeMs).toISOString()}>
                    {moment(entry.timeMs, now, language)}
                  </time>
                  <Badge tone={tones[entry.level]}>{t(`logs.levels.${entry.level}`)}</Badge>
                  <span className={styles.text}>{logText(text, entry)}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
      <KeptLogs />
    </Card>
  );
}
