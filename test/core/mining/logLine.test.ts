import { beforeEach, expect, it } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import type { SessionState } from '../../../electron/contract/snapshot.ts';
import { LogLines } from '../../../electron/core/mining/logLine.ts';
import type { SourceEvent } from '../../../electron/core/work/source.ts';

let lines: LogLines;
beforeEach(() => {
  lines = new LogLines();
});

const endpoint = { kind: 'stratum', host: 'pool.example', port: 443, tls: true } as const;
const why = problem('algorithmUnknown', { said: 'cn/r' });
const other = problem('noJobYet');

const source = (event: SourceEvent) => lines.lineOf({ type: 'source', event });
const state = (to: SessionState) => lines.lineOf({ type: 'state', state: to, practice: false });
const waiting = (because = why): SessionState => ({
  ...{ state: 'waiting', why: because, help: 'openPools', retryInMs: 5000 },
});

it.each<[string, () => unknown, SessionState]>([
  ['jobRefused', () => source({ type: 'unminableJob', error: why }), waiting()],
  [
    'disconnected',
    () => source({ type: 'disconnected', endpoint, error: why, retryInMs: 5000 }),
    waiting(),
  ],
  [
    'givenUp',
    () => source({ type: 'failed', error: why }),
    { state: 'failed', problem: why, help: 'openPools' },
  ],
  [
    'problem',
    () => lines.lineOf({ type: 'engineFailed', problem: why }),
    { state: 'failed', problem: why, help: 'openHealth' },
  ],
])('tells once what went wrong: %s', (key, happens, becomes) => {
  expect(happens()).toMatchObject({ key, values: { problem: why } });
  expect(state(becomes)).toBeNull();
});

it('tells a state that says more than the line before it', () => {
  source({ type: 'unminableJob', error: why });
  expect(state(waiting(other))).toMatchObject({ state: { why: other } });
  expect(state(waiting())).toMatchObject({ state: { why } });
  source({ type: 'unminableJob', error: why });
  source({ type: 'loggedIn' });
  expect(state(waiting())).not.toBeNull();
  expect(state({ state: 'connecting' })).toMatchObject({ level: 'info' });
});
