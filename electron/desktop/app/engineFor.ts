import { cpuReport, Miner, RandomxError } from '../../core/engine/library.ts';
import {
  NativeEngine,
  toProblem,
  type Engine,
  type EngineListener,
} from '../../core/engine/engine.ts';
import type { Tunings } from '../../core/engine/tunings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Problem } from '../../contract/snapshot.ts';
import { cpusFor, withMeasured } from '../../core/system/threads.ts';
import { threadsFor } from './power.ts';

/**
 * The engine with as many threads as the settings ask for, the most worthwhile CPUs first, hashing as was measured to be
 * best. Throws RandomxError.
 */
export function createEngine(
  listener: EngineListener,
  power: Settings['power'],
  tunings: Tunings,
): Engine {
  const { mode } = power;
  const cpu = withMeasured(cpuReport(), tunings.bestThreads(mode));
  const cpus = cpusFor(cpu, threadsFor(power, cpu));
  return new NativeEngine(
    (options) => Miner.create(options),
    {
      miner: { cpus, mode },
      tunedFor: (algorithm) => tunings.optionsFor(algorithm, mode, cpus.length),
    },
    listener,
  );
}

export function describeEngineError(error: unknown): Problem {
  const problem = toProblem(error);
  return error instanceof RandomxError
    ? problem
    : { ...problem, message: `The engine could not be started: ${problem.message}` };
}
