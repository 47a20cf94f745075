import type { HistoryPoint, HistorySum } from '../../electron/contract/history.ts';
import { pauseReason } from '../../electron/contract/snapshot.ts';
import type { Text } from '../../electron/contract/text/index.ts';
import { hashrateText, integer, NO_FIGURE } from '../../electron/contract/text/numbers.ts';
import { duration, period } from '../../electron/contract/text/time.ts';

/** Hashes per second of hashing; null when nothing was hashed. */
export const rateOf = ({ hashes, hashingMs }: HistorySum): number | null =>
  hashingMs > 0 ? (hashes / hashingMs) * 1000 : null;

/** What a chart says of a point that is pointed at. */
export function described(text: Text, point: HistoryPoint): string {
  const { t, language } = text;
  const { atMs, untilMs, hashingMs, foundShares, pausedMs, stateMs } = point;
  const when = period(atMs, untilMs, language);
  const parts: string[] = [
    hashingMs > 0
      ? t('history.point', {
          period: when,
          rate: hashrateText(rateOf(point), language),
          mined: duration(hashingMs, language),
        })
      : t('history.pointIdle', { period: when }),
  ];
  if (foundShares > 0) parts.push(t('history.pointShares', { count: foundShares }));
  const reasons = pauseReason.options.filter((reason) => (pausedMs[reason] ?? 0) > 0);
  if (reasons.length > 0) {
    parts.push(
      t('history.pointPaused', {
        time: duration(stateMs['paused'] ?? 0, language),
        reasons: new Intl.ListFormat(language).format(
          reasons.map((reason) => t(`why.pausedBecause.${reason}`)),
        ),
      }),
    );
  }
  const waitedMs = stateMs['waiting'] ?? 0;
  if (waitedMs > 0) parts.push(t('history.pointWaited', { time: duration(waitedMs, language) }));
  return [...parts, ...measuredOf(point).map((name) => measuredText(text, point, name))].join(
    ' · ',
  );
}

const sensors = ['power', 'temperature'] as const;
export type Measured = (typeof sensors)[number];

/** What this computer told of its processors in this time. */
export function measuredOf({ watts, celsius }: HistorySum): readonly Measured[] {
  const figures = { power: watts, temperature: celsius };
  return sensors.filter((name) => figures[name] !== null);
}

export function measuredText(
  { t, language }: Text,
  { watts, celsius }: HistorySum,
  name: Measured,
) {
  const figure = name === 'power' ? watts : celsius;
  if (figure === null) return NO_FIGURE;
  const rounded = integer(figure, language);
  return name === 'power'
    ? t('dashboard.watts', { watts: rounded })
    : t('settings.celsius', { degrees: rounded });
}
