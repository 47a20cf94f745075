import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, vi } from 'vitest';
import type { FreshSystem } from './freshSystem.ts';

/** Answers for the app's own action as the right password does. */
const rule = `polkit.addRule(function (action, subject) {
  if (action.id == "io.github.ibctminer.reserve-huge-pages" && subject.user == "miner") return "yes";
});`;

/** Debian's polkit on a system bus, and a program of the user's desktop that bears the name of one which shows its prompt. */
export class Polkit {
  readonly #programs: readonly ChildProcess[];

  /** What it is made of must be installed: \`pkexec\`. */
  static async start(system: FreshSystem): Promise<Polkit> {
    const place = '/etc/polkit-1/rules.d/10-answer.rules';
    system.run(`cat >${place} <<'END'\n${rule}\nEND\nchmod a+rx /etc/polkit-1/rules.d`);
    system.run('mkdir -p /run/dbus; cp /bin/sleep /usr/bin/lxpolkit');
    const bus = system.startAsRoot('dbus-daemon', '--system', '--nofork', '--nopidfile');
    const patience = { timeout: 60_000, interval: 200 };
    await vi.waitFor(
      () => expect(system.run('test -S /run/dbus/system_bus_socket').status).toBe(0),
      patience,
    );
    const polkit = system.startAsRoot('/usr/lib/polkit-1/polkitd', '--no-debug');
    const agent = system.start('lxpolkit', '3600');
    await vi.waitFor(
      () =>
        expect(system.run('pkaction --action-id org.freedesktop.policykit.exec').status).toBe(0),
      patience,
    );
    return new Polkit([agent, polkit, bus]);
  }

  private constructor(programs: readonly ChildProcess[]) {
    this.#programs = programs;
  }

  async end(): Promise<void> {
    for (const program of this.#programs) {
      const ended = once(program, 'exit');
      if (program.exitCode === null && program.kill()) await ended;
    }
  }
}
