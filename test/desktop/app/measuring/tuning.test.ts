import { expect, it, vi } from 'vitest';
import {
  TuningMeasurement,
  type TuningMeasurementOptions,
} from '../../../../electron/desktop/app/measuring/tuning.ts';
import type { Tuning, TuningState } from '../../../../electron/contract/tuning.ts';
import { best, tuning } from '../../../support/tuning.ts';
import { engineProblem } from '../../../../electron/core/engine/problem.ts';

/** A measurement that ends when the test says so. */
function measurement(): {
  measurement: TuningMeasurement;
  told: TuningState[];
  progress: (done: number) => void;
  finish: (result: Awaited<ReturnType<TuningMeasurementOptions['measure']>>) => void;
  fail: (error: Error) => void;
} {
  const told: TuningState[] = [];
  let known: Tuning | null = null;
  let parts: Pick<ReturnType<typeof measurement>, 'progress' | 'finish' | 'fail'> | undefined;
  const here = new TuningMeasurement({
    measure: (signal, onProgress) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        parts = {
          progress: (done) => onProgress(done, best),
          finish: (result) => {
            known = result.tuning;
            resolve(result);
          },
          fail: reject,
        };
      }),
    known: () => known,
    describeError: engineProblem,
    onChange: (state) => told.push(state),
  });
  return {
    measurement: here,
    told,
    progress: (done) => parts?.progress(done),
    finish: (result) => parts?.finish(result),
    fail: (error) => parts?.fail(error),
  };
}

const ended = (of: TuningMeasurement) => vi.waitFor(() => expect(of.isRunning).toBe(false));

it('tells how far it is, and the result in the end', async () => {
  const { measurement: here, told, progress, finish } = measurement();
  here.begin();
  here.begin(); // a second press changes nothing
  progress(0.5);
  expect(told.map(({ running }) => running?.progress)).toEqual([0, 0.5]);
  expect(told.at(-1)?.running?.points).toEqual([best]);
  finish({ tuning, problem: null });
  await ended(here);
  expect(told.at(-1)).toEqual({ running: null, result: tuning, problem: null });
});

it('tells what went wrong, and forgets it with the next begin', async () => {
  const { measurement: here, told, fail } = measurement();
  here.begin();
  fail(new Error('no memory'));
  await ended(here);
  expect(told.at(-1)).toMatchObject({ running: null, problem: { code: 'engineFault' } });
  here.begin();
  expect(told.at(-1)).toMatchObject({ problem: null });
});

it('a cancelled one is no problem and leaves the earlier result', async () => {
  const { measurement: here, told, finish } = measurement();
  here.begin();
  finish({ tuning, problem: null });
  await ended(here);
  here.begin();
  await here.cancel();
  expect(here.isRunning).toBe(false);
  expect(told.at(-1)).toEqual({ running: null, result: tuning, problem: null });
});
