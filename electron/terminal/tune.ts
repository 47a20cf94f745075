import { homedir } from 'node:os';
import { join } from 'node:path';
import { Tunings } from '../core/engine/tunings.ts';
import { engineProblem } from '../core/engine/problem.ts';
import { TUNING_FILE_NAME, TuningFile } from '../core/settings/tuningFile.ts';
import type { Tuning, TuningPoint } from '../contract/tuning.ts';
import { appFolder } from '../core/system/folders.ts';
import type { TuneOptions } from './command.ts';

const BAR_WIDTH = 30;

/** What was measured on this machine, by the app too. */
export function tunings(): Tunings {
  const folder = appFolder(process.platform, process.env, homedir());
  return new Tunings(new TuningFile(join(folder, TUNING_FILE_NAME)));
}

/** Measures, keeps and shows; resolves with the exit code. Interrupted, it keeps nothing. */
export async function runTune(
  { algorithm, mode, json }: TuneOptions,
  screen: Pick<NodeJS.WriteStream, 'write'>,
): Promise<number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  const tell = (event: string, facts: object, text: string) =>
    screen.write(
      json
        ? `${JSON.stringify({ event, time: new Date().toISOString(), ...facts })}\n`
        : `${text}\n`,
    );
  if (!json) screen.write('Measuring this computer, about a minute. Nothing is sent to anyone.\n');
  try {
    const { tuning, problem } = await tunings().measure(
      algorithm,
      mode,
      abort.signal,
      (_, point) => {
        if (point !== undefined) tell('tuning', point, describe(point));
      },
    );
    tell('tuned', tuning, conclusion(tuning));
    if (problem === null) return 0;
    tell('error', problem, problem.message);
    return 1;
  } catch (error) {
    if (abort.signal.aborted) return 0;
    const problem = engineProblem(error);
    tell('error', problem, problem.message);
    return 1;
  }
}

function describe({ threads, interleave, hashesPerSecond }: TuningPoint): string {
  const hashes = interleave === 1 ? 'one hash at a time' : `${interleave} hashes side by side`;
  return `${threads} ${threads === 1 ? 'thread' : 'threads'}, ${hashes}: ${hashesPerSecond.toFixed(1)} H/s`;
}

function conclusion({ algorithm, mode, curve, best }: Tuning): string {
  const most = Math.max(...curve.map(({ hashesPerSecond }) => hashesPerSecond));
  const bars = curve.map((point) => {
    const length = Math.round((point.hashesPerSecond / most) * BAR_WIDTH);
    return `  ${'█'.repeat(length).padEnd(BAR_WIDTH)} ${describe(point)}`;
  });
  return ['', ...bars, '', `Kept for ${algorithm} in ${mode} mode: ${describe(best)}`].join('\n');
}
