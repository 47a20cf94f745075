import { weeks, type Week } from '../../../electron/contract/schedule.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Choice } from '../../components/Choice.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { WeekGrid } from './WeekGrid.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

const hourCounts = Array.from({ length: 23 }, (_, index) => index + 1);
const presets = ['nights', 'weekends', 'nightsAndWeekends', 'always'] as const;

/** The hours in which mining is allowed, as ready-made weeks or painted one by one. */
export function ScheduleCard() {
  const { t } = useText();
  const { rules, money } = useReady().settings;
  const update = useApp((state) => state.update);
  const { enabled, week, cheapest } = rules.schedule;
  const hasTariff = (money.tariffPerKwh?.windows.length ?? 0) > 0;
  const change = (schedule: Partial<typeof rules.schedule>) =>
    void update({ rules: { ...rules, schedule: { ...rules.schedule, ...schedule } } });
  const hours = hoursOf(week);

  return (
    <Card title={t('settings.schedule')}>
      <SwitchRow
        label={t('settings.scheduleOn')}
        hint={t('settings.scheduleOnHint')}
        checked={enabled}
        onChange={(on) => change({ enabled: on })}
      >
        <div className={styles.presets} role="group" aria-label={t('settings.schedulePresets')}>
          {presets.map((name) => (
            <Button
              key={name}
              aria-pressed={week.join() === weeks[name].join()}
              onClick={() => change({ week: weeks[name] })}
            >
              {t(`settings.schedulePreset.${name}`)}
            </Button>
          ))}
        </div>
        <WeekGrid
          label={t('settings.scheduleGrid')}
          week={week}
          onChange={(next) => change({ week: next })}
        />
        <p className={styles.quiet}>
          <strong role="status" className={styles.hours}>
            {hours === 0
              ? t('settings.scheduleNever')
              : t('settings.scheduleHours', { count: hours })}
          </strong>{' '}
          {t('settings.scheduleHow')}
        </p>
      </SwitchRow>
      <SwitchRow
        label={t('settings.cheapest')}
        hint={hasTariff ? t('settings.cheapestHint') : t('settings.cheapestNoTariff')}
        checked={cheapest.enabled && hasTariff}
        disabled={!hasTariff}
        onChange={(on) => change({ cheapest: { ...cheapest, enabled: on } })}
      >
        <Choice
          label={t('settings.cheapestHours')}
          value={cheapest.hours}
          values={hourCounts}
          text={String}
          onChange={(count) => change({ cheapest: { ...cheapest, hours: count } })}
        />
      </SwitchRow>
    </Card>
  );
}

function hoursOf(week: Week): number {
  return week.join('').replaceAll('0', '').length;
}
