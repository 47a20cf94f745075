import type { LogEntry } from '../logLine.ts';
import type { SessionState, Snapshot } from '../snapshot.ts';
import type { Text } from './index.ts';

type Words = Pick<Text, 't' | 'sentence'> & { readonly language: string };

/**
 * The why line: one sentence, always true, that says why it is or is not mining. Practice is said wherever mining is.
 * `countdown` false: for places where it would be out of date at once.
 */
export function whyLine(
  text: Words,
  { session, practice }: Pick<Snapshot, 'session' | 'practice'>,
  { countdown }: { readonly countdown: boolean } = { countdown: true },
): string {
  const { t, sentence, language } = text;
  switch (session.state) {
    case 'needsConsent':
    case 'connecting':
      return t(`why.${session.state}`);
    case 'stopped':
      return t(`why.${session.because}`);
    case 'preparing':
      return whilePreparing(text, session, practice);
    case 'mining':
      return t(`why.${practice ? 'practising' : 'mining'}.${session.mode}`);
    case 'paused': {
      const all = session.reasons.map((reason) => t(`why.pausedBecause.${reason}`));
      const reasons = new Intl.ListFormat(language).format(all);
      const { remainingMs, endsAtMs } = session;
      if (remainingMs === undefined || endsAtMs === undefined) return t('why.paused', { reasons });
      return countdown
        ? t('why.pausedFor', { reasons, remainingMs, endsAtMs })
        : t('why.pausedUntil', { reasons, endsAtMs });
    }
    case 'waiting':
      return session.retryInMs === undefined || !countdown
        ? sentence(session.why)
        : t('why.retrying', { retryInMs: session.retryInMs, problem: sentence(session.why) });
    case 'failed':
      return sentence(session.problem);
  }
}

function whilePreparing(
  { t }: Words,
  { progress, hashingInLightMode }: Extract<SessionState, { state: 'preparing' }>,
  practice: boolean,
): string {
  // Not rounded up: 100 % would be said before it is done.
  const done = { progress: Math.floor(progress * 100) / 100 };
  if (hashingInLightMode) return t(`why.building.${practice ? 'practising' : 'mining'}`, done);
  return progress > 0 && progress < 1 ? t('why.building.only', done) : t('why.preparing');
}

/** A line of the log in words. */
export function logText(text: Words & Pick<Text, 'line'>, entry: LogEntry): string {
  return 'key' in entry
    ? text.line(entry)
    : whyLine(text, { session: entry.state, practice: entry.practice });
}
