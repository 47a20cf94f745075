import Table from 'lucide-react/icons/table-2';
import { memo, useState } from 'react';
import { hashrate, hashrateText, integer } from '../../../electron/contract/text/numbers.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import { IconButton } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { cx } from '../../components/cx.ts';
import { Figure, Figures } from '../../components/Figure.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useOfSnapshot, usePart } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Dashboard.module.css';
import { RateJustNow, RateOver } from './RateOverTime.tsx';

/** What the chart can show without leaving the dashboard; History has more. */
const spans = ['quarterHour', 'day', 'month'] as const;
type Span = (typeof spans)[number];

export function HashrateCard() {
  const { t } = useText();
  const practice = useOfSnapshot((snapshot) => snapshot.practice) === true;
  const [span, setSpan] = useState<Span>('quarterHour');
  const [asTable, setAsTable] = useState(false);
  return (
    <Card
      title={t('dashboard.hashrate')}
      tour="hashrate"
      className={styles.rateCard}
      aside={<Views {...{ span, setSpan, asTable, setAsTable }} />}
    >
      <Rates />
      {span === 'quarterHour' ? (
        <RateJustNow asTable={asTable} />
      ) : (
        <RateOver span={span} practice={practice} asTable={asTable} />
      )}
    </Card>
  );
}

/** On its own, because it changes with every figure. */
function Rates() {
  const { t, language } = useText();
  const rates = usePart('rates') ?? { h10s: null, h60s: null, h15m: null };
  const { watts, celsius } = usePart('sensors') ?? { watts: null, celsius: null };
  const uptimeMs = usePart('uptimeMs') ?? 0;
  const now = hashrate(rates.h10s, language);
  return (
    <div className={styles.rates}>
      <p className={styles.now} data-testid="hashrate">
        {/* The unit stays behind its figure, whatever the direction of the text. */}
        <span dir="ltr" className={styles.nowRate}>
          <span className={cx(styles.nowValue, rates.h10s === null && styles.noValue)}>
            {now.value}
          </span>
          <span className={styles.nowUnit}>{now.unit}</span>
        </span>
        <span className={styles.quiet}>{t('dashboard.over10s')}</span>
      </p>
      <Figures>
        <Figure name={t('dashboard.over60s')}>{hashrateText(rates.h60s, language)}</Figure>
        <Figure name={t('dashboard.over15m')}>{hashrateText(rates.h15m, language)}</Figure>
        <Figure name={t('dashboard.uptime')}>
          {uptimeMs > 0 ? duration(uptimeMs, language) : '–'}
        </Figure>
        {celsius !== null && (
          <Figure name={t('dashboard.temperature')}>
            {t('settings.celsius', { degrees: integer(celsius, language) })}
          </Figure>
        )}
        {watts !== null && (
          <Figure name={t('dashboard.power')}>
            {t('dashboard.watts', { watts: integer(watts, language) })}
          </Figure>
        )}
        {watts !== null && rates.h60s !== null && rates.h60s > 0 && (
          <Figure name={t('dashboard.efficiency')}>
            {t('dashboard.joulesPerMegahash', {
              joules: integer((watts / rates.h60s) * 1e6, language),
            })}
          </Figure>
        )}
      </Figures>
    </div>
  );
}

interface ViewsProps {
  readonly span: Span;
  readonly setSpan: (span: Span) => void;
  readonly asTable: boolean;
  readonly setAsTable: (asTable: boolean) => void;
}

/** On its own, because it does not change with the figures. */
const Views = memo(function Views({ span, setSpan, asTable, setAsTable }: ViewsProps) {
  const { t } = useText();
  return (
    <div className={styles.views}>
      <Segments
        label={t('history.span')}
        value={span}
        onChange={setSpan}
        options={spans.map((value) => ({ value, label: t(`history.spans.${value}`) }))}
      />
      <IconButton
        label={t('dashboard.showTable')}
        aria-pressed={asTable}
        onClick={() => setAsTable(!asTable)}
      >
        <Table aria-hidden />
      </IconButton>
    </div>
  );
});
