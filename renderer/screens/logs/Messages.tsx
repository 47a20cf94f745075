import { useEffect, useState } from 'react';
import type { PoolMessage } from '../../../electron/contract/ipc.ts';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { TextField } from '../../components/TextField.tsx';
import { moment } from '../../../electron/contract/text/time.ts';
import { useApp } from '../../store/StoreContext.tsx';
import styles from './Logs.module.css';
import { useText } from '../../text.ts';

const READ_EVERY_MS = 2000;

/** What was said to the pool and by it, newest first. */
export function Messages() {
  const { t, language } = useText();
  const call = useApp((state) => state.call);
  const [messages, setMessages] = useState<readonly PoolMessage[]>([]);
  const [search, setSearch] = useState('');

  useEffect(() => {
    let isShown = true;
    const read = () =>
      void call((bridge) => bridge.inspector.get()).then((answer) => {
        if (isShown && answer.ok) setMessages(answer.value);
      });
    read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [call]);

  const wanted = search.trim().toLowerCase();
  const shown = messages.filter(({ text }) => text.toLowerCase().includes(wanted)).toReversed();
  const now = shown[0]?.timeMs ?? 0;
  const asText = () =>
    shown
      .toReversed()
      .map(
        ({ timeMs, direction, text }) => `${new Date(timeMs).toISOString()} ${direction} ${text}`,
      )
      .join('\n');

  return (
    <Card
      title={t('logs.messages')}
      aside={shown.length > 0 && <CopyButton label={t('logs.copyMessages')} text={asText} />}
    >
      <p className={styles.lead}>{t('logs.messagesLead')}</p>
      {messages.length > 0 && (
        <TextField
          label={t('logs.searchMessages')}
          type="search"
          value={search}
          onChange={setSearch}
        />
      )}
      {shown.length === 0 ? (
        <p className={styles.lead}>
          {t(messages.length === 0 ? 'logs.noMessages' : 'logs.noMatch')}
        </p>
      ) : (
        <ol className={styles.lines} tabIndex={0} aria-label={t('logs.messages')}>
          {shown.map(({ timeMs, direction, text }, index) => (
            <li key={shown.length - index} className={styles.line}>
              <time dateTime={new Date(timeMs).toISOString()}>{moment(timeMs, now, language)}</time>
              <Badge tone="plain">{t(`logs.${direction}`)}</Badge>
              <code className={styles.text}>{text}</code>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
