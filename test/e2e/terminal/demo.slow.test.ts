import { afterEach, expect, it } from 'vitest';
import { TerminalMiner } from '../../support/terminalMiner.ts';

let demo: TerminalMiner | undefined;
afterEach(() => demo?.cleanUp());

it('npm start without a display shows ten shares, ends by itself and says how to mine for real', async () => {
  const withoutDisplay = { ...process.env };
  delete withoutDisplay.DISPLAY;
  delete withoutDisplay.WAYLAND_DISPLAY;
  const here = (demo = new TerminalMiner([], {
    command: 'npm',
    args: ['start'],
    env: withoutDisplay,
  }));
  expect(await here.exited).toBe(0);
  expect(here.stderr).toMatch(/no display/);
  // One that was on its way when the tenth was accepted is answered and counted too.
  const accepted = here.stdout.match(/Share accepted/g)?.length ?? 0;
  expect(accepted).toBeGreaterThanOrEqual(10);
  expect(here.stdout).not.toContain('Stopped by you');
  expect(here.stdout).toMatch(new RegExp(`Ended after [\\w ]+: ${accepted} accepted, 0 rejected`));
  expect(here.stdout).toMatch(/earns nothing/);
  expect(here.stdout).toMatch(/npm run -s miner -- --pool HOST:PORT --wallet YOUR_MONERO_ADDRESS/);
});
