import { execFile } from 'node:child_process';
import { powerMonitor } from 'electron';
import type { Battery, Senses } from '../../../contract/senses.ts';
import { systemClock } from '../../../core/clock.ts';
import { chargeIn, programsIn } from '../../../core/system/macOs.ts';
import { Newest } from '../../../core/system/newestAnswer.ts';

/** It takes a small program to ask. */
const CHARGE_FRESH_MS = 60_000;
const PROGRAMS_FRESH_MS = 10_000;
const LIMIT_MS = 5000;

/** What macOS tells without a driver: neither temperature nor watts, and nothing of others' windows or of the connection. */
export function macSenses(): Partial<Senses> {
  const charge = new Newest<number | null>(systemClock, null, CHARGE_FRESH_MS, async (last) =>
    chargeIn(await printed('/usr/bin/pmset', ['-g', 'batt']), last),
  );
  const programs = new Newest<readonly string[]>(systemClock, [], PROGRAMS_FRESH_MS, async (last) =>
    programsIn(await printed('/bin/ps', ['-axco', 'comm=']), last),
  );
  // What is shown first in Settings: whether there is a battery, and which programs run.
  charge.ask();
  programs.ask();
  return {
    battery: () => battery(charge),
    runningPrograms: () => programs.value,
  };
}

/** Plugged in, the charge decides nothing and is not asked for again. */
function battery(charge: Newest<number | null>): Battery {
  const isInUse = powerMonitor.isOnBatteryPower();
  const percent = isInUse ? charge.value : charge.last;
  return { isInUse: isInUse || percent !== null ? isInUse : null, percent };
}

/** Null where it fails. */
function printed(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}
