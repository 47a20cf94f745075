import type { LogEntry } from '../logLine.ts';
import type { Pause, SessionState, Snapshot } from '../snapshot.ts';
import type { Text } from './index.ts';
import { upcoming } from './time.ts';

type Words = Pick<Text, 't' | 'sentence'> & { readonly language: string };

/**
 * The why line: one sentence, always true, that says why it is or is not mining. Practice is said wherever mining is.
 * `countdown` false: for places where it would be out of date at once.
 */
export function whyLine(
  text: Words,
  shown: Pick<Snapshot, 'session' | 'practice'> & Partial<Pick<Snapshot, 'threadsHeld'>>,
  { countdown }: { readonly countdown: boolean } = { countdown: true },
): string {
  const { t, sentence, language } = text;
  const { session, practice, threadsHeld = null } = shown;
  switch (session.state) {
    case 'needsConsent':
    case 'connecting':
      return t(`why.${session.state}`);
    case 'stopped':
      return t(`why.${session.because}`);
    case 'preparing':
      return whilePreparing(text, session, practice);
    case 'mining':
      return [
        t(`why.${practice ? 'practising' : 'mining'}.${session.mode}`),
        ...(threadsHeld === null
          ? []
          : [t(`why.held.${threadsHeld.by}`, { count: threadsHeld.atMost })]),
      ].join(' ');
    case 'paused': {
      const [only, ...others] = session.pauses;
      if (only !== undefined && others.length === 0) return whilePaused(text, only, countdown);
      const reasons = session.pauses.map((pause) => reasonOf(text, pause));
      return t('why.paused', { reasons: new Intl.ListFormat(language).format(reasons) });
    }
    case 'waiting':
      return session.retryInMs === undefined || !countdown
        ? sentence(session.why)
        : t('why.retrying', { retryInMs: session.retryInMs, problem: sentence(session.why) });
    case 'failed':
      return sentence(session.problem);
  }
}

function whilePaused(text: Words, pause: Pause, countdown: boolean): string {
  const { t, language } = text;
  const { reason, end } = pause;
  if (reason === 'schedule') {
    return end === undefined
      ? t('why.neverScheduled')
      : t('why.notScheduledYet', { end: upcoming(end, language) });
  }
  if (end === undefined || !countdown) {
    const said = t('why.paused', { reasons: reasonOf(text, pause) });
    return countdown && reason !== 'snooze' ? `${said} ${t(`why.goesOn.${reason}`)}` : said;
  }
  return t('why.pausedFor', {
    reason: t(`why.pausedBecause.${reason}`),
    remainingMs: end.remainingMs,
    end: upcoming(end, language),
  });
}

function reasonOf({ t, language }: Words, { reason, end }: Pause): string {
  const said = t(`why.pausedBecause.${reason}`);
  return end === undefined
    ? said
    : t('why.reasonUntil', { reason: said, end: upcoming(end, language) });
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

/** The same with its time and level, for a file or the clipboard: one line, whatever others put into it. */
export function plainLine(text: Words & Pick<Text, 'line'>, entry: LogEntry): string {
  const said = logText(text, entry).replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
  return `${new Date(entry.timeMs).toISOString()} ${entry.level} ${said}`;
}
