import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { SessionState, Snapshot } from '../../../electron/contract/snapshot.ts';
import {
  statusLine,
  trayIcon,
  trayMenu,
  type TrayCommands,
} from '../../../electron/desktop/shell/trayMenu.ts';
import { createText } from '../../../electron/contract/text/index.ts';
import { activityOf } from '../../../electron/core/mining/shownState.ts';
import { snapshotWith } from '../../support/snapshot.ts';
import { problem } from '../../../electron/contract/problem.ts';

const text = createText('en');
const mining: SessionState = { state: 'mining', mode: 'fast' };
const stopped: SessionState = { state: 'stopped', because: 'stoppedByUser' };
const snoozed: SessionState = {
  state: 'paused',
  pauses: [{ reason: 'snooze', end: { remainingMs: 5, atMs: 5 } }],
};

function snapshotOf(session: SessionState): Snapshot {
  const { shares } = snapshotWith({});
  return snapshotWith({
    session,
    activity: activityOf(session),
    rates: { h10s: session.state === 'mining' ? 1234.5 : null, h60s: null, h15m: null },
    shares: { ...shares, accepted: 3, rejected: 1, stale: 2 },
  });
}

function pressed(): { commands: TrayCommands; calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    commands: {
      start: () => calls.push('start'),
      stop: () => calls.push('stop'),
      pause: (minutes) => calls.push(`pause ${String(minutes)}`),
      resume: () => calls.push('resume'),
      usePower: (profile) => calls.push(`power ${profile}`),
      open: (screen) => calls.push(`open ${screen}`),
      quit: () => calls.push('quit'),
    },
  };
}

function labels(items: readonly MenuItemConstructorOptions[]): string[] {
  return items.flatMap(({ label }) => label ?? []);
}

/** Presses the item with this label, wherever in the menu it is. */
function press(items: readonly MenuItemConstructorOptions[], label: string): void {
  const all = items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])]);
  const item = all.find((candidate) => candidate.label === label);
  (item?.click as (() => void) | undefined)?.();
}

describe('the tray menu', () => {
  it('shows status, commands and share counts in the order people know', () => {
    expect(labels(trayMenu(text, snapshotOf(mining), 'balanced', pressed().commands))).toEqual([
      'Mining in fast mode · 1.23 kH/s',
      'Stop',
      'Pause',
      'Power',
      'Shares: 3 accepted, 1 rejected, 2 stale',
      'Open Ibctminer',
      'Settings…',
      'Quit (stops mining)',
    ]);
  });

  it('offers Start while nothing runs, and no pause', () => {
    const menu = trayMenu(text, snapshotOf(stopped), 'balanced', pressed().commands);
    expect(labels(menu)).toContain('Start');
    expect(labels(menu)).not.toContain('Stop');
    expect(menu.find(({ label }) => label === 'Pause')?.enabled).toBe(false);
  });

  it('offers Resume instead of Pause while the user holds it up', () => {
    const menu = trayMenu(text, snapshotOf(snoozed), 'balanced', pressed().commands);
    expect(labels(menu)).toContain('Resume');
    expect(labels(menu)).not.toContain('Pause');
  });

  it.each([
    ['Stop', 'stop'],
    ['15 minutes', 'pause 15'],
    ['1 hour', 'pause 60'],
    ['4 hours', 'pause 240'],
    ['Until I resume', 'pause null'],
    ['Quiet', 'power quiet'],
    ['Full', 'power full'],
    ['Open Ibctminer', 'open dashboard'],
    ['Settings…', 'open settings'],
    ['Quit (stops mining)', 'quit'],
  ])('%s does %s', (label, call) => {
    const { commands, calls } = pressed();
    press(trayMenu(text, snapshotOf(mining), 'balanced', commands), label);
    expect(calls).toEqual([call]);
  });
});

describe('the status line', () => {
  it('is the why line without a countdown', () => {
    const waiting: SessionState = {
      state: 'waiting',
      why: problem('closed'),
      help: 'none',
      retryInMs: 8000,
    };
    expect(statusLine(text, snapshotOf(waiting))).toBe('The pool closed the connection');
  });
});

describe('the tray icon', () => {
  it('says mining only while hashes are made', () => {
    expect(trayIcon(snapshotOf(mining))).toBe('mining');
    expect(trayIcon(snapshotOf(snoozed))).toBe('paused');
    expect(trayIcon(snapshotOf({ state: 'connecting' }))).toBe('paused');
    expect(trayIcon(snapshotOf(stopped))).toBe('stopped');
    expect(trayIcon(snapshotOf({ state: 'needsConsent' }))).toBe('stopped');
  });
});
