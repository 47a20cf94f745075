import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../electron/contract/snapshot.ts';
import { createText } from '../../electron/contract/text/index.ts';
import { whyLine } from '../../electron/contract/text/why.ts';
import { problem as problemOf } from '../../electron/contract/problem.ts';

const text = createText('en');
const problem = problemOf('closed');
const told = text.sentence(problem);
/** From 14:42 on a Thursday. */
const today = { atMs: new Date(2026, 0, 1, 18, 40).getTime(), remainingMs: 14_280_000 };
const onSaturday = {
  atMs: new Date(2026, 0, 3, 18, 40).getTime(),
  remainingMs: 14_280_000 + 2 * 86_400_000,
};
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(today.atMs);

const lines: readonly (readonly [SessionState, string])[] = [
  [{ state: 'needsConsent' }, 'Not mining: you have not agreed to mine on this computer yet.'],
  [
    { state: 'stopped', because: 'notStartedYet' },
    'Not mining yet: it starts when you press Start.',
  ],
  [{ state: 'stopped', because: 'stoppedByUser' }, 'Stopped by you.'],
  [{ state: 'stopped', because: 'over' }, 'Stopped: this run is over.'],
  [
    { state: 'stopped', because: 'quitting' },
    'Quits as soon as your node has taken the block you found. Quit again to give it up.',
  ],
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
    { state: 'paused', pauses: [{ reason: 'battery' }, { reason: 'inUse' }] },
    'Paused: on battery and you are using the computer.',
  ],
  [
    { state: 'paused', pauses: [{ reason: 'battery' }] },
    'Paused: on battery. Resumes on mains power.',
  ],
  [{ state: 'paused', pauses: [{ reason: 'user' }] }, 'Paused: by you. Press Resume to go on.'],
  [
    { state: 'paused', pauses: [{ reason: 'snooze', end: today }] },
    `Paused: snoozed for another 3 h 58 min (until ${clock}).`,
  ],
  [
    { state: 'paused', pauses: [{ reason: 'schedule', end: today }] },
    `Waiting until ${clock}, as your schedule says.`,
  ],
  [
    { state: 'paused', pauses: [{ reason: 'schedule', end: onSaturday }] },
    `Waiting until Saturday ${clock}, as your schedule says.`,
  ],
  [
    { state: 'paused', pauses: [{ reason: 'schedule' }] },
    'Not mining: your schedule has no hours.',
  ],
  [
    { state: 'paused', pauses: [{ reason: 'battery' }, { reason: 'schedule', end: today }] },
    `Paused: on battery and outside the scheduled hours until ${clock}.`,
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

  it('says how many threads the heat leaves', () => {
    const session: SessionState = { state: 'mining', mode: 'fast' };
    expect(
      whyLine(text, { session, practice: false, threadsHeld: { atMost: 5, by: 'heat' } }),
    ).toBe('Mining in fast mode. Held to 5 threads to stay cool.');
  });

  it('never calls practice mining', () => {
    const session: SessionState = { state: 'mining', mode: 'fast' };
    expect(whyLine(text, { session, practice: true })).toMatch(/^Practising.*earns nothing/);
  });
});
