import { expect, it } from 'vitest';
import { calls, bridgeNames } from '../../../electron/contract/ipc.ts';
import { problem } from '../../../electron/contract/problem.ts';
import { refused, success, type Result } from '../../../electron/contract/result.ts';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import { checkPush, routesTo, type CallHandlers } from '../../../electron/desktop/ipc/answer.ts';

/** Answers a call with the one handler that a test is about. */
function answer(channel: string, handler: (input: never) => unknown, input?: unknown) {
  const [group = '', name = ''] = channel.split('.');
  const handlers = { [group]: { [name]: handler } } as unknown as CallHandlers;
  const route = routesTo(handlers).find((candidate) => candidate.channel === channel);
  return route?.answer(input) as Promise<Result<unknown>>;
}

it('has one channel for each call of the contract, with the names that the preload is given', () => {
  const channels = routesTo({} as CallHandlers).map(({ channel }) => channel);
  expect(channels).toContain('mining.stop');
  expect(new Set(channels).size).toBe(channels.length);
  expect(Object.values(bridgeNames.calls).flatMap((named) => Object.values(named))).toEqual(
    channels,
  );
  expect(Object.keys(bridgeNames.calls)).toEqual(Object.keys(calls));
});

it('hands the handler what the schema made of the input', async () => {
  const seen: unknown[] = [];
  const pause = (input: unknown) => {
    seen.push(input);
    return success(undefined);
  };
  expect(await answer('mining.pause', pause, { minutes: 15, extra: 1 })).toEqual(
    success(undefined),
  );
  expect(seen).toEqual([{ minutes: 15 }]);
});

it.each([[{ minutes: 0 }], [{ minutes: 1.5 }], [{}], [null], ['15']])(
  'refuses %j without calling the handler',
  async (input) => {
    const pause = () => {
      throw new Error('must not be called');
    };
    expect(await answer('mining.pause', pause, input)).toMatchObject({
      ok: false,
      error: { code: 'badInput', values: { channel: 'mining.pause' } },
    });
  },
);

it('answers with the handler’s own problem', async () => {
  const refusal = refused(problem('untrustedSender'));
  expect(await answer('mining.start', () => refusal)).toEqual(refusal);
});

it('sends the page no problem that the contract does not know', async () => {
  const unknown = refused({ code: 'madeUp' } as never);
  expect(await answer('mining.start', () => unknown)).toMatchObject({
    error: { code: 'internal' },
  });
  const more = { ...problem('untrustedSender'), secret: 1 };
  expect(await answer('mining.start', () => refused(more))).toEqual(
    refused(problem('untrustedSender')),
  );
});

it('turns an exception into a problem instead of throwing across', async () => {
  const get = () => {
    throw new Error('disk on fire');
  };
  expect(await answer('settings.get', get)).toEqual(
    refused(problem('internal', { reason: 'disk on fire' })),
  );
  expect(await answer('settings.reset', () => Promise.reject(new Error('later')))).toEqual(
    refused(problem('internal', { reason: 'later' })),
  );
});

it('lets a patch change only what the contract names', async () => {
  const seen: unknown[] = [];
  const update = (patch: unknown) => {
    seen.push(patch);
    return success(defaultSettings());
  };
  const patch = {
    consent: { version: 1, givenAtMs: 0 },
    appearance: { theme: 'dark', language: 'system' },
  };
  await answer('settings.update', update, patch);
  expect(seen).toEqual([{ appearance: { theme: 'dark', language: 'system', tour: true } }]);
});

it('sends the page no answer and no push that breaks the contract', async () => {
  const broken = { ok: false, error: { code: 'internal' } };
  expect(await answer('power.trial', () => success({ remainingMs: 'soon' }))).toMatchObject(broken);
  expect(checkPush('powerTrial', { remainingMs: 'soon' } as never)).toMatchObject(broken);
  expect(checkPush('powerTrial', { state: 'none' })).toEqual(success({ state: 'none' }));
});

it('keeps back what the contract does not name', async () => {
  const { error } = (await answer('power.trial', () =>
    success({ state: 'none', token: 'secret' }),
  )) as { error?: unknown; value?: unknown };
  expect(error).toBeUndefined();
  expect(checkPush('navigate', { screen: 'settings', token: 'secret' } as never)).toEqual(
    success({ screen: 'settings' }),
  );
});
