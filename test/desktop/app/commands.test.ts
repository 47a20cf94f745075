import { expect, it } from 'vitest';
import type { HealthCommand } from '../../../electron/contract/health.ts';
import { success } from '../../../electron/contract/result.ts';
import { Commands } from '../../../electron/desktop/app/commands.ts';

const shown: HealthCommand[] = [
  { use: 'now', command: 'pkexec /sbin/sysctl -w vm.nr_hugepages=1184', canRun: true },
  { use: 'atBoot', command: 'sudo reboot' },
];
const offered = shown[0]?.command ?? '';

function commands() {
  const ran: string[] = [];
  const made = new Commands({
    run: (command, signal) => {
      ran.push(command);
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve(success('dismissed'))),
      );
    },
    shown: () => Promise.resolve(shown),
  });
  return { ran, made };
}

it('only a command that is offered with a button is run, and only word for word', async () => {
  const { ran, made } = commands();
  const gone = { ok: false, error: { code: 'commandGone' } };
  for (const other of ['sudo reboot', `${offered} `, 'pkexec /sbin/sysctl -w vm.nr_hugepages=1']) {
    expect(await made.run(other)).toMatchObject(gone);
  }
  expect(ran).toEqual([]);
});

it('one prompt is open at a time, and none after the app', async () => {
  const { ran, made } = commands();
  const first = made.run(offered);
  expect(await made.run(offered)).toMatchObject({ error: { code: 'promptOpen' } });
  made.end();
  expect(await first).toEqual(success('dismissed'));
  expect(await made.run(offered)).toMatchObject({ error: { code: 'quitting' } });
  expect(ran).toEqual([offered]);
});
