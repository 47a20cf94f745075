import { beforeEach, describe, expect, it } from 'vitest';
import { HumanOutput } from '../../electron/terminal/humanOutput.ts';
import { takeSnapshot } from '../../electron/core/mining/snapshot.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import { SessionUnderTest } from '../support/session.ts';

const NOW_MS = 1_800_000_000_000;
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
beforeEach(() => {
  blank = takeSnapshot(new SessionUnderTest().session);
});

const problem = { code: 'x', message: 'Something is odd.' };

describe('what people read', () => {
  it('is lines with the time of day, and the status now and then', () => {
    const screen = new Screen(false);
    const output = new HumanOutput(screen, () => NOW_MS);
    output.onEvent({ type: 'engineWarning', problem });
    for (let second = 0; second < 15; second += 1) {
      output.onTick({ ...blank, takenAtMs: NOW_MS + second * 1000 });
    }
    const lines = screen.text.split('\n');
    expect(lines).toHaveLength(4); // warning, two statuses, nothing
    for (const line of lines.slice(0, 3)) expect(line).toMatch(/^\d\d:\d\d:\d\d {2}\S/);
    expect(lines[0]).toContain('engine: Something is odd.');
  });

  it('tells rates, shares, pool, dataset and why in the status', () => {
    const screen = new Screen(false);
    new HumanOutput(screen, () => NOW_MS).onTick({
      ...blank,
      takenAtMs: NOW_MS,
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
      },
      engine: {
        mode: 'light',
        datasetProgress: 0.436,
        pages: { dataset: '4k', cache: '4k', scratchpads: '4k' },
        paths: {},
        interleave: 1,
      },
      why: 'Building.',
    });
    expect(screen.text.slice(10)).toBe(
      '12.3 H/s 10 s · 1235 H/s 60 s · 12.35 kH/s 15 min · ' +
        '3 accepted, 2 rejected, 1 stale · [::1]:3333 · dataset 43 % · Building.\n',
    );
  });

  it('keeps one status line below the others on a terminal, never wider than it', () => {
    const screen = new Screen(true);
    const output = new HumanOutput(screen, () => NOW_MS);
    output.onTick(blank);
    const status = screen.text.slice(CLEAR_LINE.length);
    expect(screen.text.startsWith(CLEAR_LINE)).toBe(true);
    expect(status.length).toBeLessThan(60);
    screen.text = '';
    output.onEvent({ type: 'engineWarning', problem });
    expect(screen.text.startsWith(CLEAR_LINE)).toBe(true);
    expect(screen.text.endsWith(`Something is odd.\n${status}`)).toBe(true);
    screen.text = '';
    output.onEnd({ accepted: 1, rejected: 0, stale: 0, hashes: 9, seconds: 2.4 });
    expect(screen.text).toMatch(/Ended after 2 s: 1 accepted, 0 rejected, 0 stale, 9 hashes\.\n$/);
  });
});
