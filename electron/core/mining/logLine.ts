import { isDeepStrictEqual } from 'node:util';
import type { LogLine, StateLine } from '../../contract/logLine.ts';
import type { Problem, Value } from '../../contract/problem.ts';
import type { SessionState } from '../../contract/snapshot.ts';
import { formatHostPort } from '../work/poolUrl.ts';
import type { Endpoint, SourceEvent } from '../work/source.ts';
import type { SessionEvent } from './session.ts';

/** What a session's events are in the log and in the terminal, each thing told once. */
export class LogLines {
  /** What went wrong, as the newest line has it. */
  #toldWhy: Value | undefined;

  /** Null for what nobody needs to read, or has read in the line before. */
  lineOf(event: SessionEvent): LogLine | StateLine | null {
    if (event.type === 'state') return this.#stateLine(event);
    const line = logLineOf(event);
    if (line !== null) this.#toldWhy = line.values['problem'];
    return line;
  }

  #stateLine({ state, practice }: Extract<SessionEvent, { type: 'state' }>): StateLine | null {
    const isTold = this.#toldWhy !== undefined && isDeepStrictEqual(whyOf(state), this.#toldWhy);
    this.#toldWhy = undefined;
    return isTold ? null : { level: state.state === 'failed' ? 'error' : 'info', state, practice };
  }
}

function whyOf(state: SessionState): Problem | null {
  if (state.state === 'waiting') return state.why;
  return state.state === 'failed' ? state.problem : null;
}

function logLineOf(event: Exclude<SessionEvent, { type: 'state' }>): LogLine | null {
  switch (event.type) {
    case 'share': // its fate is told
      return null;
    case 'source':
      return ofSource(event.event);
    case 'dropped':
      return trouble('warn', 'shareStale', event.why);
    case 'engineWarning':
      return trouble('warn', 'problem', event.problem);
    case 'engineFailed':
      return trouble('error', 'problem', event.problem);
  }
}

function ofSource(event: SourceEvent): LogLine | null {
  switch (event.type) {
    case 'connecting':
      return null;
    case 'connected':
      return connected(event.endpoint, event.tlsFingerprint);
    case 'loggedIn':
      return { level: 'info', key: 'loggedIn', values: {} };
    case 'job': {
      const { algorithm, difficulty, height } = event.job;
      const values = { algorithm, difficulty: Number(difficulty) };
      return height === undefined || height === 0
        ? { level: 'info', key: 'job', values }
        : { level: 'info', key: 'jobAtHeight', values: { ...values, height: String(height) } };
    }
    case 'unminableJob':
      return trouble('warn', 'jobRefused', event.error);
    case 'warning':
      return trouble('warn', 'problem', event.problem);
    case 'accepted': {
      const { share, roundTripMs } = event;
      const values = { difficulty: Number(share.difficulty), ms: Math.round(roundTripMs) };
      return { level: 'info', key: 'shareAccepted', values };
    }
    case 'rejected':
      return trouble('warn', 'shareRejected', event.error);
    case 'stale':
      return trouble('warn', 'shareStale', event.error);
    case 'disconnected': {
      const { error, retryInMs } = event;
      return { level: 'warn', key: 'disconnected', values: { problem: error, retryInMs } };
    }
    case 'failed':
      return trouble('error', 'givenUp', event.error);
  }
}

function connected(endpoint: Endpoint, fingerprint: string | undefined): LogLine {
  if (endpoint.kind === 'practice') return { level: 'info', key: 'connectedPractice', values: {} };
  const place = formatHostPort(endpoint);
  if (fingerprint !== undefined) {
    return { level: 'info', key: 'connectedByTls', values: { place, fingerprint } };
  }
  return {
    level: 'info',
    key: endpoint.tls ? 'connectedEncrypted' : 'connected',
    values: { place },
  };
}

function trouble(level: LogLine['level'], key: LogLine['key'], problem: Problem): LogLine {
  return { level, key, values: { problem } };
}
