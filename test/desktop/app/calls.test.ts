import { expect, it } from 'vitest';
import {
  answerCall,
  problemOf,
  valueOf,
  type CallHandlers,
} from '../../../electron/desktop/app/calls.ts';
import { defaultSettings } from '../../../electron/contract/settings.ts';

/** Handlers of the calls that these tests make; the others are never reached. */
function handlersWith(handlers: Partial<CallHandlers>): CallHandlers {
  return new Proxy({} as CallHandlers, {
    get: (_target, name) => Reflect.get(handlers, name) as unknown,
  });
}

it('hands the handler what the schema made of the input', async () => {
  const seen: unknown[] = [];
  const handlers = handlersWith({
    'mining.pause': (input) => {
      seen.push(input);
      return valueOf(undefined);
    },
  });
  expect(await answerCall(handlers, 'mining.pause', { minutes: 15, extra: 1 })).toEqual(
    valueOf(undefined),
  );
  expect(seen).toEqual([{ minutes: 15 }]);
});

it.each([[{ minutes: 0 }], [{ minutes: 1.5 }], [{}], [null], ['15']])(
  'refuses %j without calling the handler',
  async (input) => {
    const handlers = handlersWith({
      'mining.pause': () => {
        throw new Error('must not be called');
      },
    });
    const answer = await answerCall(handlers, 'mining.pause', input);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'badInput' } });
  },
);

it('answers with the handler’s own problem', async () => {
  const handlers = handlersWith({ 'mining.start': () => problemOf('noPool', 'Choose a pool.') });
  expect(await answerCall(handlers, 'mining.start', undefined)).toEqual(
    problemOf('noPool', 'Choose a pool.'),
  );
});

it('turns an exception into a problem instead of throwing across', async () => {
  const handlers = handlersWith({
    'settings.get': () => {
      throw new Error('disk on fire');
    },
    'settings.reset': () => Promise.reject(new Error('later')),
  });
  expect(await answerCall(handlers, 'settings.get', undefined)).toEqual(
    problemOf('internal', 'disk on fire'),
  );
  expect(await answerCall(handlers, 'settings.reset', undefined)).toEqual(
    problemOf('internal', 'later'),
  );
});

it('lets a patch change only what the contract names', async () => {
  const seen: unknown[] = [];
  const handlers = handlersWith({
    'settings.update': (patch) => {
      seen.push(patch);
      return valueOf(defaultSettings());
    },
  });
  const patch = { consent: { version: 1, givenAtMs: 0 }, appearance: { theme: 'dark' } };
  await answerCall(handlers, 'settings.update', patch);
  expect(seen).toEqual([{ appearance: { theme: 'dark' } }]);
});
