import { cpuReport, Miner, RandomxError } from 'randomx-native-prebuilt';
import { NativeEngine, toProblem, type Engine, type EngineListener } from '../engine/engine.ts';
import type { Settings } from '../shared/settings.ts';
import type { Problem } from '../shared/snapshot.ts';
import { cpusFor } from '../system/threads.ts';
import { threadsFor } from './power.ts';

/** The engine with as many threads as the settings ask for, the most worthwhile CPUs first. Throws RandomxError. */
export function createEngine(listener: EngineListener, power: Settings['power']): Engine {
  const cpu = cpuReport();
  const cpus = cpusFor(cpu, threadsFor(power, cpu));
  return new NativeEngine((options) => Miner.create(options), { cpus, mode: power.mode }, listener);
}

export function describeEngineError(error: unknown): Problem {
  const problem = toProblem(error);
  return error instanceof RandomxError
    ? problem
    : { ...problem, message: `The engine could not be started: ${problem.message}` };
}
