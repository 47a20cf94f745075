import { Bar } from '../../components/Bar.tsx';
import { Card } from '../../components/Card.tsx';
import { percent } from '../../../electron/contract/text/numbers.ts';
import { useOfSnapshot } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';
import { useText } from '../../text.ts';

/** Progress of the dataset while it is built. */
export function Preparing() {
  const { t, language } = useText();
  const progress = useOfSnapshot(({ session }) =>
    session.state === 'preparing' ? session.progress : null,
  );
  if (progress == null) return null;
  const done = percent(progress, language);
  return (
    <Card title={t('state.preparing')} aside={done}>
      <Bar label={t('state.preparing')} value={progress} text={done} />
      <p className={styles.quiet}>{t('dashboard.datasetHint')}</p>
    </Card>
  );
}
