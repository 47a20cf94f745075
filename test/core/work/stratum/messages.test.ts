import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keepalivedMessage,
  loginMessage,
  parseIncoming,
  parseLoginResult,
  submitMessage,
  submitRefusal,
} from '../../../../electron/core/work/stratum/messages.ts';
import { share } from '../../../support/stratum/exchange.ts';
import { anyText } from '../../../support/anyText.ts';

describe('incoming line', () => {
  it.each([
    ['{"id":1,"result":true}', { kind: 'reply', id: 1, outcome: { ok: true, result: true } }],
    ['{"id":"7","result":{}}', { kind: 'reply', id: 7, outcome: { ok: true, result: {} } }],
    ['{"id":-4,"result":{}}', { kind: 'reply', id: -4, outcome: { ok: true, result: {} } }],
    ['{"id":2,"result":null}', { kind: 'reply', id: 2, outcome: { ok: true, result: null } }],
    ['{"id":0,"method":"job","params":1}', { kind: 'notification', method: 'job', params: 1 }],
    ['{"id":null,"method":"x"}', { kind: 'notification', method: 'x', params: undefined }],
    ['{}', { kind: 'junk' }],
    ['[]', { kind: 'junk' }],
    ['"text"', { kind: 'junk' }],
    ['null', { kind: 'junk' }],
    ['HTTP/1.1 400 Bad Request', { kind: 'junk' }],
    ['{"id":1,"result":', { kind: 'junk' }],
    ['\0\0\0', { kind: 'junk' }],
  ])('%s', (line, expected) => {
    expect(parseIncoming(line)).toEqual(expected);
  });

  it.each([
    ['{"code":-1,"message":"Low difficulty share"}', 'Low difficulty share'],
    ['{"message":"Stale share"}', 'Stale share'],
    ['"Banned"', 'Banned'],
    ['[-1,"Duplicate share",null]', 'Duplicate share'],
    ['{"code":-1}', ''],
    ['{"code":-1,"message":5}', ''],
    ['{}', ''],
    ['true', ''],
    ['[]', ''],
  ])('error %s', (error, said) => {
    for (const result of ['', ',"result":null', ',"result":{"status":"OK"}']) {
      expect(parseIncoming(`{"id":2,"error":${error}${result}}`)).toEqual({
        kind: 'reply',
        id: 2,
        outcome: { ok: false, said },
      });
    }
  });

  it('takes anything without throwing', () => {
    fc.assert(fc.property(anyText, (line) => void parseIncoming(line)));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const incoming = parseIncoming(JSON.stringify(value));
        if (incoming.kind === 'reply' && incoming.outcome.ok) {
          parseLoginResult(incoming.outcome.result);
          submitRefusal(incoming.outcome.result);
        }
      }),
    );
  });

  it('takes members of the right names with anything in them', () => {
    const any = fc.jsonValue();
    const message = fc.record(
      { id: any, jsonrpc: any, method: any, params: any, result: any, error: any },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(message, (value) => {
        const { kind } = parseIncoming(JSON.stringify(value));
        expect(kind === 'notification').toBe(typeof value.method === 'string');
      }),
    );
  });

  it('survives nesting as deep as a line can hold', () => {
    expect(
      parseIncoming(`{"id":1,"result":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
    ).toMatchObject({ kind: 'reply' });
  });
});

describe('login result', () => {
  it('takes session ids of every shape', () => {
    const session = (result: unknown) => parseLoginResult(result)?.sessionId;
    expect(session({ id: '1be0b7b6-b15a', job: null })).toBe('1be0b7b6-b15a');
    expect(session({ id: 12, job: null })).toBe('12');
    expect(session({ id: '', job: null })).toBe('');
    expect(session({ job: { id: 'from the job' } })).toBe('from the job');
    expect(session({ id: null, job: { id: 5 } })).toBe('5');
    expect(session({ status: 'OK' })).toBeUndefined();
    expect(session(true)).toBeUndefined();
    expect(session('OK')).toBeUndefined();
  });

  it('reads extensions, and forgives broken ones', () => {
    const extensions = (extensions: unknown) => [
      ...(parseLoginResult({ id: '1', extensions })?.extensions ?? []),
    ];
    expect(extensions(['algo', 5, 'nicehash'])).toEqual(['algo', 5, 'nicehash']);
    expect(extensions('algo')).toEqual([]);
    expect(extensions(undefined)).toEqual([]);
  });
});

describe('submit result', () => {
  it.each([
    [{ status: 'OK' }, undefined],
    [{ status: 'ok' }, undefined],
    [{}, undefined],
    [true, undefined],
    [{ status: 'REJECTED' }, 'REJECTED'],
    [{ status: '' }, ''],
    [false, ''],
    [null, ''],
    [undefined, ''],
    ['OK', ''],
  ])('%j', (result, refusal) => {
    expect(submitRefusal(result)).toBe(refusal);
  });
});

describe('outgoing message', () => {
  it('is the documented one, member for member', () => {
    expect(
      JSON.stringify(loginMessage(1, { login: 'W', pass: 'x', agent: 'Ibctminer/1.0.0' })),
    ).toBe(
      '{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"W","pass":"x","agent":"Ibctminer/1.0.0"}}',
    );
    expect(JSON.stringify(submitMessage(2, 'S', share, false))).toBe(
      '{"id":2,"jsonrpc":"2.0","method":"submit","params":{"id":"S","job_id":"4BiGm3/RgGQzgkTI/xV0smdA+EGZ",' +
        '"nonce":"d0030040","result":"e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100"}}',
    );
    expect(JSON.stringify(keepalivedMessage(2, 'S'))).toBe(
      '{"id":2,"method":"keepalived","params":{"id":"S"}}',
    );
  });

  it('carries rig, algorithms and commitment only when asked', () => {
    const params = { login: 'W', pass: 'x', agent: 'A', rigid: 'r', algo: ['rx/0'] as const };
    expect(JSON.stringify(loginMessage(1, params))).toContain(
      '"agent":"A","rigid":"r","algo":["rx/0"]',
    );
    const commitment = new Uint8Array(32).fill(0xab);
    const text = JSON.stringify(submitMessage(2, 'S', { ...share, commitment }, true));
    expect(text).toContain(`"commitment":"${'ab'.repeat(32)}","algo":"cn/1"`);
  });
});
