import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../electron/contract/snapshot.ts';
import { createText } from '../../electron/contract/text/index.ts';
import { whyLine } from '../../electron/contract/text/why.ts';
import { problem as problemOf } from '../../electron/contract/problem.ts';

const text = createText('en');
const problem = problemOf('closed');
const told = text.sentence(problem);
const endsAtMs = new Date(2026, 0, 1, 18, 40).getTime();
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(endsAtMs);

const lines: readonly (readonly [SessionState, string])[] = [
  [{ state: 'needsConsent' }, 'Not mining: you have not agreed to mine on this computer yet.'],
  [
    { state: 'stopped', because: 'notStartedYet' },
    'Not mining yet: it starts when you press Start.',
  ],
  [{ state: 'stopped', because: 'stoppedByUser' }, 'Stopped by you.'],
  [{ state: 'stopped', because: 'over' }, 'Stopped: this run is over.'],
  [{ state: 'mining', mode: 'light' }, 'Mining in light mode.'],
  [
    { state: 'preparing', progress: 0.437, hashingInLightMode: true },
    'Building the dataset, 43%. Mining in light mode meanwhile.',
  ],
  [
    { state: 'preparing', progress: 0.999, hashingInLightMode: false },
    'Building the dataset, 99%.',
  ],
  [{ state: 'preparing', progress: 0, hashingInLightMode: false }, 'Preparing the first hash.'],
  [
    { state: 'paused', reasons: ['battery', 'inUse'] },
    'Paused: on battery and you are using the computer.',
  ],
  [
    { state: 'paused', reasons: ['snooze'], remainingMs: 14_280_000, endsAtMs },
    `Paused: snoozed for another 3 h 58 min (until ${clock}).`,
  ],
  [
    { state: 'waiting', why: problem, help: 'openPools', retryInMs: 8000 },
    `Trying again in 8 s: ${told}`,
  ],
  [{ state: 'waiting', why: problem, help: 'none' }, told],
  [{ state: 'failed', problem, help: 'none' }, told],
];

describe('the why line', () => {
  it.each(lines)('of %o', (session, line) => {
    expect(whyLine(text, { session, practice: false })).toBe(line);
  });

  it('never calls practice mining', () => {
    const session: SessionState = { state: 'mining', mode: 'fast' };
    expect(whyLine(text, { session, practice: true })).toMatch(/^Practising.*earns nothing/);
  });
});
