import type { ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { ChangingControls } from '../../components/ChangingControls.tsx';
import type { OnDemandName, OnDemandStates } from '../../store/onDemand.ts';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Health.module.css';

export interface OnDemandCardProps<Name extends OnDemandName> {
  readonly name: Name;
  readonly title: string;
  readonly hint: string;
  readonly begin: string;
  readonly running: string;
  /** Over before anybody could end it. */
  readonly isShort?: boolean;
  /** What came of it. */
  readonly children: (outcome: NonNullable<OnDemandStates[Name]['outcome']>) => ReactNode;
}

/** Something that this computer does for a while when it is asked to. */
export function OnDemandCard<Name extends OnDemandName>(props: OnDemandCardProps<Name>) {
  const { name, title, hint, begin, running, isShort = false, children } = props;
  const { t } = useText();
  const measure = useApp((state) => state.measure);
  const run = useApp((state) => state.run);
  const { isRunning, outcome } = useApp((state) => state.onDemand[name]);

  return (
    <Card
      title={title}
      aside={
        <ChangingControls label={title}>
          {isRunning && !isShort && (
            <Button onClick={() => void run((bridge) => bridge.tuning.cancel())}>
              {t('control.cancel')}
            </Button>
          )}
          {(!isRunning || isShort) && (
            <Button disabled={isRunning} onClick={() => void measure(name)}>
              {begin}
            </Button>
          )}
        </ChangingControls>
      }
    >
      <p className={styles.lead}>{hint}</p>
      <div role="status">
        {isRunning && running}
        {outcome !== null && children(outcome)}
      </div>
    </Card>
  );
}
