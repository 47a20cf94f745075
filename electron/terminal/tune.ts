import { homedir } from 'node:os';
import { join } from 'node:path';
import { Tunings } from '../core/engine/tunings.ts';
import { engineProblem } from '../core/engine/problem.ts';
import { TUNING_FILE_NAME, TuningFile } from '../core/settings/tuningFile.ts';
import type { Problem } from '../contract/problem.ts';
import type { Text } from '../contract/text/index.ts';
import type { Tuning, TuningPoint } from '../contract/tuning.ts';
import { systemClock } from '../core/clock.ts';
import { appFolder } from '../core/system/folders.ts';
import type { TuneOptions } from './command.ts';

const BAR_WIDTH = 30;

/** What was measured on this machine, by the app too. */
export function tunings(): Tunings {
  const folder = appFolder(process.platform, process.env, homedir);
  return new Tunings(new TuningFile(join(folder, TUNING_FILE_NAME)));
}

/** Measures, keeps and shows; resolves with the exit code. Interrupted, it keeps nothing. */
export async function runTune(
  { algorithm, mode, json }: TuneOptions,
  screen: Pick<NodeJS.WriteStream, 'write'>,
  text: Text,
): Promise<number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  const tell = (event: string, facts: object, line: string) =>
    screen.write(
      json
        ? `${JSON.stringify({ event, time: new Date(systemClock.wallMs()).toISOString(), ...facts })}\n`
        : `${line}\n`,
    );
  const fail = (problem: Problem): number => {
    const message = text.sentence(problem);
    tell('error', { code: problem.code, message }, message);
    return 1;
  };
  if (!json) screen.write(`${text.t('terminal.tuneBegins')}\n`);
  try {
    const { tuning, problem } = await tunings().measure(
      algorithm,
      mode,
      abort.signal,
      (_, point) => {
        if (point !== undefined) tell('tuning', point, describe(text, point));
      },
    );
    tell('tuned', tuning, conclusion(text, tuning));
    return problem === null ? 0 : fail(problem);
  } catch (error) {
    return abort.signal.aborted ? 0 : fail(engineProblem(error));
  }
}

function describe({ t }: Text, { threads, interleave, hashesPerSecond }: TuningPoint): string {
  return t('terminal.tunePoint', {
    threads: t('power.threads', { count: threads }),
    sideBySide: t('tuning.sideBySide', { count: interleave }),
    rate: hashesPerSecond,
  });
}

function conclusion(text: Text, { algorithm, mode, curve, best }: Tuning): string {
  const most = Math.max(...curve.map(({ hashesPerSecond }) => hashesPerSecond));
  const bars = curve.map((point) => {
    const length = Math.round((point.hashesPerSecond / most) * BAR_WIDTH);
    return `  ${'█'.repeat(length).padEnd(BAR_WIDTH)} ${describe(text, point)}`;
  });
  const kept = text.t('terminal.tuneKept', {
    algorithm,
    mode: text.t(`tuning.${mode}`),
    best: describe(text, best),
  });
  return ['', ...bars, '', kept].join('\n');
}
