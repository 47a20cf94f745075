import { setTimeout as sleep } from 'node:timers/promises';
import {
  remark,
  type ForkRehearsal,
  type HealthItem,
} from '../../../../electron/contract/health.ts';
import { problem } from '../../../../electron/contract/problem.ts';
import { refused, success } from '../../../../electron/contract/result.ts';
import { en } from '../../../../electron/contract/text/en.ts';
import { configured } from '../../support/realApp.ts';
import { mining, on, type Scene } from './scene.ts';

const rehearsal: ForkRehearsal = {
  ...{ mode: 'fast', threads: 4, standstillMs: 84, isMemoryKept: true, readiness: 'ready' },
  hashesPerSecond: { before: 5460, after: 4920 },
  shares: { before: 5, after: 9, refused: 0, late: 1 },
};

/** On Health stands a command that the system's prompt can run. */
const withCommand: Scene = (stage) =>
  stage.open(configured(), ({ answers }) => {
    const words = '/usr/sbin/sysctl -w vm.nr_hugepages=1424';
    const pages: HealthItem = {
      ...{ id: 'hugePages', status: 'warn' },
      remarks: [
        remark('pagesShort', { count: 4, needed: 1424, free: 0 }),
        remark('pagesTransparent'),
      ],
      fix: remark('pagesFixBeside', { bytes: 2_986_344_448 }),
      commands: [
        { use: 'now', command: `pkexec ${words}`, canRun: true },
        { use: 'undo', command: `sudo sysctl -w vm.nr_hugepages=0` },
      ],
    };
    answers.set('health.run', success([pages]));
  });

export const health: Readonly<Record<string, Scene>> = {
  'health-pages-gain': on(
    'Health',
    (stage) =>
      stage.open(configured(), undefined, {
        comparePages: ({ cpus }) =>
          Promise.resolve({
            ok: true,
            value: {
              ...{ pages: '2m', threads: cpus.length },
              ...{ hugeHashesPerSecond: 8020, smallHashesPerSecond: 5460 },
            },
          }),
      }),
    async (stage) => {
      await stage.press('Measure the gain');
      await stage.read(/mining is 47% faster/);
      await stage.see('What huge pages bring here');
    },
  ),
  health: on('Health', mining, (stage) => stage.read(/attention\.|Everything is fine/)),
  'health-to-mend': on(
    'Health',
    (stage) => stage.open(configured(), ({ surroundings }) => (surroundings.trayAvailable = false)),
    (stage) => stage.read(/gnome-shell/),
  ),
  'health-fork': on(
    'Health',
    (stage) => {
      const outcomes = [
        { ...rehearsal, readiness: 'notReady' as const, isMemoryKept: false, standstillMs: 6200 },
        { ...rehearsal, readiness: 'unproven' as const, shares: { ...rehearsal.shares, after: 0 } },
        rehearsal,
      ];
      return stage.open(configured(), undefined, {
        rehearseFork: async () => {
          await sleep(300);
          return { ok: true, value: outcomes.shift() ?? rehearsal };
        },
      });
    },
    async (stage) => {
      await stage.press('Rehearse the fork');
      await stage.read(/not ready for the next fork/);
      await stage.see('The next fork of Monero');
      await stage.look('health-fork-not-ready');
      await stage.press('Rehearse the fork');
      await stage.read(/found no share/);
      await stage.look('health-fork-unproven');
      await stage.press('Rehearse the fork');
      await stage.read(/are ready for the next fork/);
    },
  ),
  'health-command': on('Health', withCommand, async (stage) => {
    const { answers, hanging } = stage.app;
    const run = () => stage.press('Run command');
    for (const end of ['dismissed', 'notAllowed', 'ran'] as const) {
      answers.set('health.runCommand', success(end));
      await run();
      await stage.read(en.health.runEnds[end]);
      await stage.look(`health-command-${end}`);
    }
    answers.set(
      'health.runCommand',
      refused(problem('commandFailed', { said: 'sysctl: permission denied on key' })),
    );
    await run();
    await stage.read(/permission denied/);
    await stage.look('health-command-failed');
    hanging.add('health.runCommand');
    await run();
    await stage.read('Answer the system’s prompt.');
  }),
};
