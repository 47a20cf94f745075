import { setImmediate as settled } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Newest } from '../../../electron/core/system/newestAnswer.ts';
import { FakeClock } from '../../support/fakeClock.ts';

it('the newest answer is handed out at once, and asked for anew only when it is old, once at a time', async () => {
  const clock = new FakeClock();
  const asked: ((answer: string) => void)[] = [];
  const lasts: string[] = [];
  const newest = new Newest(clock, 'none yet', 1000, (last) => {
    lasts.push(last);
    return new Promise<string>((resolve) => asked.push(resolve));
  });
  expect(newest.value).toBe('none yet');
  clock.advance(5000);
  expect(newest.value).toBe('none yet');
  expect(asked).toHaveLength(1);

  asked[0]?.('first');
  await settled();
  expect(newest.value).toBe('first');
  expect(asked).toHaveLength(2);
  asked[1]?.('second');
  await settled();
  clock.advance(999);
  expect(newest.value).toBe('second');
  expect(asked).toHaveLength(2);
  clock.advance(1);
  expect(newest.value).toBe('second');
  expect(asked).toHaveLength(3);
  expect(lasts).toEqual(['none yet', 'first', 'second']);
});
