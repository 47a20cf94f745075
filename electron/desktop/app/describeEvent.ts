import type { SessionEvent } from '../../core/mining/session.ts';
import type { LogEntry } from '../../contract/ipc.ts';
import type { Share } from '../../core/work/job.ts';
import { createText } from '../../contract/text/index.ts';
import { whyLine } from '../../contract/text/why.ts';
import type { Endpoint, SourceEvent } from '../../core/work/source.ts';

const english = createText('en');

export type LogLine = Pick<LogEntry, 'level' | 'text'>;

/** One sentence per event for the log; null for what the log need not say. */
export function describeEvent(event: SessionEvent): LogLine | null {
  switch (event.type) {
    case 'state':
      return {
        level: event.state.state === 'failed' ? 'error' : 'info',
        text: whyLine(english, { session: event.state, practice: event.practice }),
      };
    case 'source':
      return describeSource(event.event);
    case 'share':
      return { level: 'info', text: describeShare(event.share) };
    case 'dropped':
      return { level: 'warn', text: `Share counted as stale: ${event.why.message}` };
    case 'engineWarning':
      return { level: 'warn', text: event.problem.message };
    case 'engineFailed':
      return { level: 'error', text: event.problem.message };
  }
}

/** With all that it takes to check the share again with any other RandomX. */
function describeShare({ jobId, blob, seedHash, result }: Share): string {
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
  return `Share found for job ${jobId}: blob ${hex(blob)}, key ${hex(seedHash)}, hash ${hex(result)}.`;
}

function describeSource(event: SourceEvent): LogLine | null {
  switch (event.type) {
    case 'connecting':
      return { level: 'info', text: `Connecting to ${place(event.endpoint)}.` };
    case 'connected':
      return { level: 'info', text: `Connected to ${place(event.endpoint)}.` };
    case 'loggedIn':
      return { level: 'info', text: 'Logged in.' };
    case 'job': {
      const { jobId, algorithm, difficulty, height } = event.job;
      const at = height === undefined ? '' : ` at height ${height}`;
      return {
        level: 'info',
        text: `New job ${jobId} (${algorithm}, difficulty ${String(difficulty)}${at}).`,
      };
    }
    case 'unminableJob':
      return { level: 'warn', text: event.error.message };
    case 'warning':
      return { level: 'warn', text: event.problem.message };
    case 'accepted':
      return { level: 'info', text: `Share accepted in ${Math.round(event.roundTripMs)} ms.` };
    case 'rejected':
      return { level: 'warn', text: `Share rejected: ${event.error.message}` };
    case 'stale':
      return { level: 'warn', text: `Share was stale: ${event.error.message}` };
    case 'disconnected':
      return {
        level: 'warn',
        text: `${event.error.message} Trying again in ${Math.ceil(event.retryInMs / 1000)} s.`,
      };
    case 'failed':
      return { level: 'error', text: event.error.message };
  }
}

function place({ kind, host, port, tls }: Endpoint): string {
  if (kind === 'practice') return 'the practice pool';
  return `${host}:${port}${tls ? ' (TLS)' : ''}`;
}
