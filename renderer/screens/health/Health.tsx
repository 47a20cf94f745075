import CircleCheck from 'lucide-react/icons/circle-check';
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useEffect, useState } from 'react';
import type { HealthItem } from '../../../electron/contract/health.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { Command } from './Command.tsx';
import styles from './Health.module.css';
import { ForkCard } from './ForkCard.tsx';
import { PagesGainCard } from './PagesGainCard.tsx';
import { SelfTestCard } from './SelfTestCard.tsx';
import { useText } from '../../text.ts';

type Check =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly items: readonly HealthItem[] }
  | { readonly state: 'failed'; readonly problem: Problem };

const looks = {
  ok: { icon: CircleCheck, tone: 'good' },
  warn: { icon: TriangleAlert, tone: 'caution' },
  unknown: { icon: CircleQuestionMark, tone: 'plain' },
} as const;

/** The "Doctor": what this computer offers, with the exact fix for what is missing. */
export function Health() {
  const { t } = useText();
  const call = useApp((state) => state.call);
  const ask = useApp((state) => state.ask);
  const [check, setCheck] = useState<Check>({ state: 'running' });

  /** Counts the checks asked for; each new one runs the effect again. */
  const [round, setRound] = useState(0);

  useEffect(() => {
    let current = true;
    void call((bridge) => bridge.health.run()).then((result) => {
      if (!current) return;
      setCheck(
        result.ok
          ? { state: 'done', items: result.value }
          : { state: 'failed', problem: result.error },
      );
    });
    return () => {
      current = false;
    };
  }, [call, round]);

  return (
    <>
      <Card
        title={t('health.results')}
        aside={
          <div className={styles.buttons}>
            <Button
              disabled={check.state === 'running'}
              onClick={() => {
                setCheck({ state: 'running' });
                setRound(round + 1);
              }}
            >
              <RefreshCw aria-hidden />
              {t('health.run')}
            </Button>
            <CopyButton
              label={t('health.copy')}
              text={() => ask((bridge) => bridge.health.report())}
            />
          </div>
        }
      >
        <p className={styles.lead}>
          {t('health.lead')} {t('health.copyHint')}
        </p>
        {/* What was found before stays meanwhile, and what became of the command with it. */}
        <Result check={check} onRun={() => setRound((count) => count + 1)} />
      </Card>
      <PagesGainCard />
      <ForkCard />
      <SelfTestCard />
    </>
  );
}

function Result({ check, onRun }: { readonly check: Check; readonly onRun: () => void }) {
  const { t, sentence } = useText();
  switch (check.state) {
    case 'running':
      return <EmptyState icon={LoaderCircle} title={t('health.running')} />;
    case 'failed':
      return (
        <Notice tone="danger" title={t('health.failedTitle')} alert>
          {sentence(check.problem)}
        </Notice>
      );
    case 'done': {
      const count = check.items.filter((item) => item.status === 'warn').length;
      return (
        <>
          <p role="status" className={styles.verdict}>
            {count === 0 ? t('health.allGood') : t('health.toLookAt', { count })}
          </p>
          <ul className={styles.list}>
            {check.items.map((item) => (
              <Item key={item.id} item={item} onRun={onRun} />
            ))}
          </ul>
        </>
      );
    }
  }
}

interface ItemProps {
  readonly item: HealthItem;
  /** A command was run: what was found may be another now. */
  readonly onRun: () => void;
}

function Item({ item, onRun }: ItemProps) {
  const { t, finding } = useText();
  const { icon: Icon, tone } = looks[item.status];
  return (
    <li className={styles.item}>
      <Icon aria-hidden className={cx(styles.icon, styles[item.status])} />
      <div className={styles.text}>
        <div className={styles.head}>
          <h3 className={styles.title}>{t(`health.checks.${item.id}`)}</h3>
          <Badge tone={tone}>{t(`health.statuses.${item.status}`)}</Badge>
        </div>
        <p className={styles.detail}>{item.remarks.map(finding).join(' ')}</p>
        {item.fix !== null && (
          <div className={styles.fix}>
            <p className={styles.fixTitle}>{t('health.fix')}</p>
            <p>{finding(item.fix)}</p>
          </div>
        )}
        {item.commands.length > 0 && (
          <dl className={styles.commands}>
            {item.commands.map((command) => (
              <Command key={command.use} command={command} onEnd={onRun} />
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
