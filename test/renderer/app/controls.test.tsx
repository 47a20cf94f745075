import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import type { Settings } from '../../../electron/contract/settings.ts';
import { said } from '../../support/said.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { configured, poolAt } from '../support/realApp.ts';
import { button, noButton, showApp } from '../support/renderApp.tsx';

const screenNames = ['Dashboard', 'History', 'Pools', 'Settings', 'Logs', 'Health', 'About'];

let pool: FriendlyPool | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

/** Started at a pool that works, until the session is in this state. */
async function mining() {
  pool = await FriendlyPool.listen();
  const app = await showApp(configured({ pools: [poolAt(pool.port)] }));
  await app.user.click(button('Start mining'));
  await app.reach('mining');
  return app;
}

const stateRegion = () => screen.getByRole('region', { name: 'Mining state' }).textContent;

describe('Start, Stop and Pause', () => {
  test('there is no Start before the app is set up', async () => {
    await showApp();
    expect(noButton('Start mining')).toBe(true);
  });

  test('Start starts, and Stop stops on every screen without asking', async () => {
    const { user, desktop, reach } = await mining();
    for (const name of screenNames) {
      await user.click(button(name));
      await user.click(button('Stop mining'));
      expect(screen.queryByRole('dialog')).toBeNull();
      await reach('stopped');
      await user.click(button('Start mining'));
      await waitFor(() => expect(desktop.isMining).toBe(true));
    }
  });

  test('a Start that is refused is told, and can be dismissed', async () => {
    const { user, desktop } = await showApp(configured());
    act(() => void desktop.measuring.beginTuning());
    await user.click(button('Start mining'));
    await screen.findByText(said(problem('measuring')));
    expect(desktop.isMining).toBe(false);
    await user.click(button('Dismiss'));
    expect(screen.queryByText(said(problem('measuring')))).toBeNull();
  });

  test('the pause menu pauses for a time or until resumed', async () => {
    const { user, desktop, reach } = await mining();
    await user.click(button('Pause'));
    await user.click(await screen.findByRole('menuitem', { name: '1 hour' }));
    await reach('paused');
    expect(desktop.snapshot().session).toMatchObject({ pauses: [{ reason: 'snooze' }] });
    await user.click(button('Resume'));
    await reach('mining');
    await user.click(button('Pause'));
    await user.click(await screen.findByRole('menuitem', { name: 'Until I resume' }));
    await reach('paused');
    expect(desktop.snapshot().session).toMatchObject({ pauses: [{ reason: 'user' }] });
  });

  test('Resume is not offered for a pause of a rule, which ends it itself', async () => {
    const { surroundings, reach } = await mining();
    surroundings.onBattery = true;
    await reach('paused');
    expect(noButton('Resume')).toBe(true);
    expect(stateRegion()).toMatch(/battery/);
    surroundings.onBattery = false;
    await reach('mining');
  });
});

describe('the control under the pointer or the focus turns into its opposite, and', () => {
  const focused = () => document.activeElement;
  /** The second click of a double click, on what has taken the place of the first one's control. */
  const clickAgain = (name: string) => fireEvent.click(button(name), { detail: 2 });

  test('a double click does what one click does', async () => {
    const { desktop, reach } = await mining();
    clickAgain('Stop mining');
    expect(desktop.isMining).toBe(true);
    fireEvent.click(button('Stop mining'), { detail: 1 });
    await reach('stopped');
    clickAgain('Start mining');
    expect(desktop.isMining).toBe(false);
  });

  test('Stop under the focus stays Stop, whatever is paused and resumed', async () => {
    const { user, reach } = await mining();
    const stop = button('Stop mining');
    stop.focus();
    await user.keyboard('{Control>}p{/Control}');
    await reach('paused');
    await waitFor(() => expect(button('Resume')).toBeDefined());
    expect(button('Stop mining')).toBe(stop);
    expect(focused()).toBe(stop);
    await user.keyboard('{Enter}');
    await reach('stopped');
  });

  test('a second Enter starts and stops nothing; the next Tab is at the controls', async () => {
    const { user, desktop, reach } = await mining();
    button('Stop mining').focus();
    await user.keyboard('{Enter}');
    await reach('stopped');
    await waitFor(() => expect(focused()?.contains(button('Start mining'))).toBe(true));
    expect(focused()).toBe(screen.getByRole('group', { name: 'Mining state' }));
    await user.keyboard('{Enter}');
    expect(desktop.isMining).toBe(false);
    await user.tab();
    expect(focused()).toBe(button('Start mining'));
    await user.keyboard('{Enter}');
    await reach('mining');
    await user.tab();
    expect(focused()).toBe(button('Pause'));
  });
});

describe('Stop is there while the app waits', () => {
  async function stops({ user, reach }: Awaited<ReturnType<typeof showApp>>) {
    await user.click(button('Stop mining'));
    await reach('stopped');
    expect(button('Start mining')).toBeDefined();
  }

  async function started(settings: Settings) {
    const app = await showApp(settings);
    await app.user.click(button('Start mining'));
    return app;
  }

  test('for a pool that takes the connection and says nothing', async () => {
    const silent = await ScriptedPool.listen();
    const app = await started(configured({ pools: [poolAt(silent.port)] }));
    await silent.connection();
    await app.reach('connecting');
    await stops(app);
    await silent.close();
  });

  test('for a pool that cannot be reached', async () => {
    const app = await started(configured());
    await app.reach('waiting');
    await stops(app);
  });

  test('for the dataset', async () => {
    pool = await FriendlyPool.listen();
    const app = await started(configured({ pools: [poolAt(pool.port)] }));
    await app.reach('preparing');
    await stops(app);
  });

  test('for a rule to end its pause', async () => {
    const app = await mining();
    app.surroundings.onBattery = true;
    await app.reach('paused');
    await stops(app);
  });

  test('for the user to resume', async () => {
    const app = await mining();
    app.desktop.pause(null);
    await app.reach('paused');
    await stops(app);
  });
});

describe('the state and the why line', () => {
  test('are on every screen, in words', async () => {
    const { user, surroundings, reach } = await mining();
    surroundings.onBattery = true;
    await reach('paused');
    for (const name of screenNames) {
      await user.click(button(name));
      expect(stateRegion()).toContain('Paused');
      expect(stateRegion()).toMatch(/on battery/);
    }
  });

  test('a change of state is spoken; the why line is not, as it counts', async () => {
    const { reach } = await mining();
    const spoken = screen.getAllByRole('status').map((element) => element.textContent);
    expect(spoken).toContain('Mining');
    expect(screen.getByTestId('why').closest('[role=status],[aria-live]')).toBeNull();
    await reach('mining');
  });

  test('the rate is a figure of now: none before Start and after Stop', async () => {
    const { user, reach, advance } = await mining();
    advance(15_000);
    expect(screen.queryAllByText(/\d (k?)H\/s/).length).toBeGreaterThan(0);
    await user.click(button('Stop mining'));
    await reach('stopped');
    // The table of the chart and the estimate go on telling what was, and when.
    const ofNow = screen
      .queryAllByText(/\d (k?)H\/s/)
      .filter(({ tagName, textContent }) => tagName !== 'TD' && !/measured here/.test(textContent));
    expect(ofNow).toEqual([]);
  });

  test('a pool that goes away is told with where to mend it', async () => {
    const { user, reach } = await mining();
    await pool?.close();
    pool = undefined;
    await reach('waiting');
    await user.click(await screen.findByRole('button', { name: 'Open Pools' }));
    expect(screen.getByRole('heading', { name: 'Pools', level: 1 })).toBeDefined();
  });

  test('a login that is refused is told as the pool puts it, and Start is there to try again', async () => {
    pool = await FriendlyPool.listen();
    pool.refusal = 'Invalid address used for login';
    const { user, reach } = await showApp(configured({ pools: [poolAt(pool.port)] }));
    await user.click(button('Start mining'));
    await reach('failed');
    expect(stateRegion()).toContain('Invalid address used for login');
    pool.refusal = null;
    await user.click(button('Start mining'));
    await reach('mining');
  });

  test('an engine that is missing is told when it is wanted', async () => {
    pool = await FriendlyPool.listen();
    const { user, reach, surroundings } = await showApp(configured({ pools: [poolAt(pool.port)] }));
    surroundings.engineFault = 'libraryMissing';
    await user.click(button('Start mining'));
    await reach('failed');
    expect(stateRegion()).toContain(said(problem('engineMissing')));
  });

  test('an engine that fails is told with Health, where it is explained', async () => {
    const { user, reach, engine } = await mining();
    engine().fail(problem('engineOutOfMemory'));
    await reach('failed');
    await user.click(await screen.findByRole('button', { name: 'Open Health' }));
    expect(screen.getByRole('heading', { name: 'Health', level: 1 })).toBeDefined();
  });

  test('practice is marked on every screen', async () => {
    const { user } = await showApp(configured({ work: 'practice' }));
    for (const name of screenNames) {
      await user.click(button(name));
      expect(stateRegion()).toContain('Practice');
      expect(screen.getByText(/^Practice: the hashing is real/)).toBeDefined();
    }
  });

  test('the window title begins with the name of the app', async () => {
    const { user } = await showApp(configured());
    for (const name of screenNames) {
      await user.click(button(name));
      expect(document.title).toMatch(/^Ibctminer/);
    }
  });
});
