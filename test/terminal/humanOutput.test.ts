import { beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../electron/contract/problem.ts';
import { createText } from '../../electron/contract/text/index.ts';
import { HumanOutput } from '../../electron/terminal/humanOutput.ts';
import { takeSnapshot } from '../../electron/core/mining/snapshot.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { SessionUnderTest } from '../support/session.ts';

const CLEAR_LINE = '\r\u001b[2K';

class Screen {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 60;
  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }
  write(text: string): void {
    this.text += text;
  }
}

let blank: Snapshot;
let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
  blank = takeSnapshot(new SessionUnderTest().session);
});

const text = createText('en');
const warning = problem('internal', { reason: 'odd.' });

describe('what people read', () => {
  it('is lines with the time of day, and the status now and then', () => {
    const screen = new Screen(false);
    const output = new HumanOutput(screen, clock, text);
    output.onEvent({ type: 'engineWarning', problem: warning });
    for (let second = 0; second < 15; second += 1) {
      output.onTick(blank);
      clock.advance(1000);
      clock.setWallBy(-3_600_000);
    }
    const lines = screen.text.split('\n');
    expect(lines).toHaveLength(4); // warning, two statuses, nothing
    for (const line of lines.slice(0, 3)) expect(line).toMatch(/^\d\d:\d\d:\d\d {2}\S/);
    expect(lines[0]).toContain('Something went wrong inside the app: odd.');
  });

  it('tells rates, shares, pool, dataset and why in the status', () => {
    const screen = new Screen(false);
    new HumanOutput(screen, clock, text).onTick({
      ...blank,
      rates: { h10s: 12.34, h60s: 1234.5, h15m: 12_345 },
      shares: { ...blank.shares, accepted: 3, rejected: 2, stale: 1 },
      pool: {
        kind: 'stratum',
        host: '::1',
        port: 3333,
        tls: false,
        link: 'loggedIn',
        connectedForMs: 1,
        pingMs: null,
        retryInMs: null,
        lastError: null,
        failures: 0,
        tlsFingerprint: null,
        acceptedHere: 0,
      },
      engine: {
        mode: 'light',
        datasetProgress: 0.436,
        pages: { dataset: '4k', cache: '4k', scratchpads: '4k' },
        paths: {},
        interleave: 1,
      },
      session: { state: 'preparing', progress: 0.436, hashingInLightMode: false },
    });
    expect(screen.text.slice(10)).toBe(
      '12.3 H/s 10 s · 1.23 kH/s 60 s · 12.3 kH/s 15 min · ' +
        '3 accepted, 2 rejected, 1 stale · [::1]:3333 · dataset 44% · Building the dataset, 43%.\n',
    );
  });

  it('obeys nothing that others send', () => {
    const screen = new Screen(false);
    new HumanOutput(screen, clock, text).onMessage({
      timeMs: 0,
      direction: 'received',
      text: 'a\u001b[2J\u009b31m\u2028b',
    });
    expect(screen.text).toMatch(/received: a\?\[2J\?31m\?b\n$/);
  });

  it('keeps one status line below the others on a terminal, never wider than it', () => {
    const screen = new Screen(true);
    const output = new HumanOutput(screen, clock, text);
    output.onTick(blank);
    const status = screen.text.slice(CLEAR_LINE.length);
    expect(screen.text.startsWith(CLEAR_LINE)).toBe(true);
    expect(status.length).toBeLessThan(60);
    screen.text = '';
    output.onEvent({ type: 'engineWarning', problem: warning });
    expect(screen.text.startsWith(CLEAR_LINE)).toBe(true);
    expect(screen.text.endsWith(`odd.\n${status}`)).toBe(true);
    screen.text = '';
    output.onEnd({ accepted: 1, rejected: 0, stale: 0, hashes: 9, seconds: 2.4 });
    expect(screen.text).toMatch(/Ended after 2 s: 1 accepted, 0 rejected, 0 stale, 9 hashes\.\n$/);
  });
});
