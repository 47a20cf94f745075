import { useEffect, useState } from 'react';
import { Button } from '../components/Button.tsx';
import { useApp, useReady } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';
import styles from './Tour.module.css';

/** In the order of the page; what each explains carries its name as `data-tour`. */
const steps = ['state', 'hashrate', 'shares', 'pool', 'money', 'machine'] as const;

/** Explains the dashboard's figures, one at a time, until the user has seen them or wants none of it. */
export function Tour() {
  const { t } = useText();
  const { appearance } = useReady().settings;
  const isDashboard = useApp((state) => state.screen === 'dashboard');
  const update = useApp((state) => state.update);
  const [index, setIndex] = useState(0);
  const step = steps[index] ?? 'state';
  const isShown = isDashboard && appearance.tour;
  const isLast = index === steps.length - 1;

  useEffect(() => {
    const explained = isShown ? document.querySelector(`[data-tour=${step}]`) : null;
    if (explained === null) return;
    explained.toggleAttribute('data-explained', true);
    explained.scrollIntoView({ block: 'nearest' });
    return () => void explained.toggleAttribute('data-explained', false);
  }, [isShown, step]);

  if (!isShown) return null;

  function end(): void {
    setIndex(0);
    document.getElementById('content')?.focus();
    void update({ appearance: { ...appearance, tour: false } });
  }

  return (
    <section className={styles.bar} aria-label={t('tour.title')}>
      <p role="status" className={styles.text}>
        <span className={styles.progress}>
          {t('tour.progress', { step: index + 1, count: steps.length })}
        </span>{' '}
        {t(`tour.steps.${step}`)}
      </p>
      <div className={styles.actions}>
        {!isLast && (
          <Button variant="ghost" onClick={end}>
            {t('tour.never')}
          </Button>
        )}
        <Button variant="primary" onClick={isLast ? end : () => setIndex(index + 1)}>
          {t(isLast ? 'tour.done' : 'tour.next')}
        </Button>
      </div>
    </section>
  );
}
