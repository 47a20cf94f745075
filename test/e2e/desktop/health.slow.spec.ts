import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, quit, startApp, test } from './support/app.ts';
import { mineWithLittle, setUp, snapshotOf } from './support/journey.ts';
import { ownByUser } from './support/runAs.ts';

/** A prompt of the test's own: writes down what it is asked, and is answered with an exit code of pkexec's. */
function fakePrompt(folder: string) {
  const asked = join(folder, 'asked');
  const answer = join(folder, 'answer');
  mkdirSync(folder);
  const program = join(folder, 'pkexec');
  writeFileSync(program, `#!/bin/sh\necho "pkexec $*" >>'${asked}'\nexit "$(cat '${answer}')"\n`);
  chmodSync(program, 0o755);
  ownByUser(folder);
  return {
    answerWith: (code: number) => writeFileSync(answer, String(code)),
    asked: () => (existsSync(asked) ? readFileSync(asked, 'utf8').trimEnd().split('\n') : []),
  };
}

/** Polkit asks through a program of the desktop; here one that only bears such a name. */
function fakeAgent(folder: string): () => Promise<unknown> {
  const program = join(folder, 'lxpolkit');
  copyFileSync('/bin/sleep', program);
  const agent = spawn(program, ['600'], { stdio: 'ignore' });
  const gone = once(agent, 'exit');
  return () => {
    agent.kill();
    return gone;
  };
}

test('Health runs the shown command by the system’s prompt and no other way, and rehearses the next fork', async ({
  home,
}) => {
  const folder = join(home, 'bin');
  const prompt = fakePrompt(folder);
  const endAgent = fakeAgent(folder);
  const app = await startApp(home, { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
  const { page } = app;
  try {
    await setUp(page);
    await mineWithLittle(page);
    await page.getByRole('button', { name: 'Health', exact: true }).click();

    await test.step('a command is run as it is shown, and what became of it is told', async () => {
      const line = page.locator('dd', { has: page.getByRole('button', { name: 'Run command' }) });
      const shown = (await line.locator('code').first().textContent()) ?? '';
      expect(shown).toMatch(/^pkexec \/\S+ .*\d+$/);
      expect(prompt.asked()).toEqual([]);
      const answers = [
        [126, 'You closed the system’s prompt. The command was not run.'],
        [127, 'The system did not allow it. The command was not run.'],
        [0, 'The command has run, and everything was checked again.'],
      ] as const;
      for (const [index, [code, told]] of answers.entries()) {
        prompt.answerWith(code);
        await line.getByRole('button', { name: 'Run command' }).first().click();
        await expect(line.getByText(told)).toBeVisible();
        expect(prompt.asked()).toEqual(Array.from({ length: index + 1 }, () => shown));
      }
    });

    await test.step('no other command is run, and none where nothing shows the prompt', async () => {
      const asked = prompt.asked().length;
      const other = await page.evaluate(() =>
        window.ibctminer?.health.runCommand({ command: 'pkexec /sbin/reboot' }),
      );
      expect(other).toMatchObject({ ok: false, error: { code: 'commandGone' } });
      await endAgent();
      // The checks are made again after each run: the command is then another, for a terminal.
      await page.getByRole('button', { name: 'Run command' }).first().click();
      await expect(page.getByRole('button', { name: 'Run command' })).toHaveCount(0);
      await expect(page.getByText(/^sudo .*vm\.nr_hugepages=\d+$/).first()).toBeVisible();
      expect(prompt.asked()).toHaveLength(asked);
    });

    await test.step('the fork is rehearsed, also while another screen is looked at', async () => {
      await page.getByRole('button', { name: 'Rehearse the fork' }).click();
      await page.getByRole('button', { name: 'Dashboard', exact: true }).click();
      await page.getByRole('button', { name: 'Health', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
      await expect(
        page.getByText(/^This app and this computer are ready for the next fork of Monero\./),
      ).toBeVisible({ timeout: 300_000 });
      expect((await snapshotOf(page)).hashes).toBe(0);
      await page.reload();
      await page.getByRole('button', { name: 'Health', exact: true }).click();
      await expect(page.getByText(/Rehearsed on .+ in light mode\.$/)).toBeVisible();
    });
  } finally {
    await endAgent();
    await quit(app);
  }
});
