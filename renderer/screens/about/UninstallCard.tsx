import { useState } from 'react';
import type { UninstallPlan } from '../../../electron/contract/uninstall.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './About.module.css';
import { UninstallDialog } from './UninstallDialog.tsx';

export function UninstallCard() {
  const { t } = useText();
  const ask = useApp((state) => state.ask);
  const [plan, setPlan] = useState<UninstallPlan | null>(null);
  const look = () => ask((bridge) => bridge.uninstall.plan());
  // Whoever closed it meanwhile does not want it back.
  const lookAgain = () => void look().then((now) => setPlan((shown) => shown && now));
  return (
    <Card title={t('uninstall.title')}>
      <p className={styles.quiet}>{t('uninstall.hint')}</p>
      <div className={styles.links}>
        <Button onClick={() => void look().then(setPlan)}>{t('uninstall.open')}</Button>
      </div>
      {plan !== null && (
        <UninstallDialog plan={plan} onChange={lookAgain} onClose={() => setPlan(null)} />
      )}
    </Card>
  );
}
