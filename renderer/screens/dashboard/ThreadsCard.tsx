import { Bar } from '../../components/Bar.tsx';
import { Card } from '../../components/Card.tsx';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { useOfSnapshot, usePart } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

export function ThreadsCard() {
  const { t, language } = useText();
  const threads = usePart('threads') ?? [];
  const available = useOfSnapshot(({ threadsAvailable }) => threadsAvailable) ?? 0;
  const fastest = Math.max(1, ...threads.map((thread) => thread.hashesPerSecond ?? 0));
  return (
    <Card
      title={t('dashboard.threads')}
      aside={threads.length > 0 && t('dashboard.threadsOf', { count: threads.length, available })}
    >
      {threads.length === 0 ? (
        <p className={styles.quiet}>{t('dashboard.threadsIdle')}</p>
      ) : (
        <ul className={styles.threads} tabIndex={0} aria-label={t('dashboard.threads')}>
          {threads.map(({ cpu, hashesPerSecond }) => {
            const rate = hashrateText(hashesPerSecond, language);
            const name = t('dashboard.cpu', { cpu: String(cpu) });
            return (
              <li key={cpu}>
                <div className={styles.threadHead}>
                  <span>{name}</span>
                  <span>{rate}</span>
                </div>
                <Bar label={name} value={(hashesPerSecond ?? 0) / fastest} text={rate} />
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
