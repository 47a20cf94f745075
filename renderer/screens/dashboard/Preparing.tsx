import { useTranslation } from 'react-i18next';
import { Bar } from '../../components/Bar.tsx';
import { Card } from '../../components/Card.tsx';
import { percent } from '../../../electron/contract/text/numbers.ts';
import { useSnapshot } from '../../store/StoreContext.tsx';
import styles from './Dashboard.module.css';

/** Progress of the dataset while it is built. */
export function Preparing() {
  const { t, i18n } = useTranslation();
  const snapshot = useSnapshot();
  if (snapshot?.session.state !== 'preparing') return null;
  const { progress } = snapshot.session;
  const done = percent(progress, i18n.language);
  return (
    <Card title={t('state.preparing')} aside={done}>
      <Bar label={t('state.preparing')} value={progress} text={done} />
      <p className={styles.quiet}>{t('dashboard.datasetHint')}</p>
    </Card>
  );
}
