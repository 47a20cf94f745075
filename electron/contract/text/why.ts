import type { SessionState, Snapshot } from '../snapshot.ts';
import type { Text } from './index.ts';

/** The why line: one sentence, always true, that says why it is or is not mining. Practice is said wherever mining is. */
export function whyLine(
  text: Text,
  { session, practice }: Pick<Snapshot, 'session' | 'practice'>,
): string {
  const { t, sentence } = text;
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
      const reasons = session.reasons.map((reason) => t(`why.pausedBecause.${reason}`)).join(', ');
      const { remainingMs, endsAtMs } = session;
      return remainingMs === undefined || endsAtMs === undefined
        ? t('why.paused', { reasons })
        : t('why.pausedUntil', { reasons, remainingMs, endsAtMs });
    }
    case 'waiting':
      return session.retryInMs === undefined
        ? sentence(session.why)
        : t('why.retrying', { retryInMs: session.retryInMs, problem: sentence(session.why) });
    case 'failed':
      return sentence(session.problem);
  }
}

function whilePreparing(
  { t }: Text,
  { progress, hashingInLightMode }: Extract<SessionState, { state: 'preparing' }>,
  practice: boolean,
): string {
  // Not rounded up: 100 % would be said before it is done.
  const done = { progress: Math.floor(progress * 100) / 100 };
  if (hashingInLightMode) return t(`why.building.${practice ? 'practising' : 'mining'}`, done);
  return progress > 0 && progress < 1 ? t('why.building.only', done) : t('why.preparing');
}
