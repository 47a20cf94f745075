import { describe, expect, it } from 'vitest';
import { Inspector, redact } from '../../../../electron/core/work/stratum/inspector.ts';

const address =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';

describe('inspector', () => {
  it('hides login, password, rig and session, and nothing else', () => {
    const login = {
      login: `${address}+9000`,
      pass: 'secret',
      agent: 'Ibctminer/1.0.0',
      rigid: 'r',
    };
    expect(redact(JSON.stringify({ id: 1, method: 'login', params: login }))).toBe(
      '{"id":1,"method":"login","params":{"login":"<login>","pass":"<pass>","agent":"Ibctminer/1.0.0","rigid":"<rig>"}}',
    );
    expect(redact('{"id":2,"result":{"id":"1be0b7b6","job":{"job_id":"j","id":"1be0b7b6"}}}')).toBe(
      '{"id":2,"result":{"id":"<session>","job":{"job_id":"j","id":"<session>"}}}',
    );
  });

  it('hides addresses in error texts and secrets in lines that are not JSON', () => {
    const error = `{"error":{"message":"Invalid address ${address}"}}`;
    expect(redact(error)).not.toContain(address);
    const cut = redact(`{"id":"session","login":"me","x`);
    expect(cut).toBe('{"id":"<hidden>","login":"<hidden>","x');
  });

  it('survives nesting deeper than the stack', () => {
    const deep = '['.repeat(60_000) + ']'.repeat(60_000);
    expect(redact(deep).length).toBeLessThanOrEqual(2048);
  });

  it('keeps the last messages only, and tells each', () => {
    const heard: string[] = [];
    const inspector = new Inspector({ wallMs: () => 7 }, 2, ({ text }) => heard.push(text));
    for (const text of ['1', '2', '3']) inspector.record('sent', text);
    expect(inspector.messages()).toEqual([
      { timeMs: 7, direction: 'sent', text: '2' },
      { timeMs: 7, direction: 'sent', text: '3' },
    ]);
    expect(heard).toEqual(['1', '2', '3']);
  });
});
