import type { Algorithm } from '../work/job.ts';
import { readEnergyCounters } from '../system/energy.ts';
import { systemFiles } from '../system/systemFiles.ts';
import { adviseThreads, cpusFor, withMeasured } from '../system/threads.ts';
import { NativeEngine, type EngineOpener, type EngineOptions } from './engine.ts';
import { Learning } from './learning/learning.ts';
import { cpuReport, Miner } from './library.ts';
import type { EngineSpec } from './spec.ts';
import type { Tunings } from './tunings.ts';

/** Opens the engine of this machine. */
export function engineOpener(tunings: Tunings): EngineOpener {
  const parts = {
    createMiner: Miner.create.bind(Miner),
    optionsFor: (spec: EngineSpec) => engineOptions(spec, tunings),
    learning: new Learning(tunings, { energy: () => readEnergyCounters(systemFiles) }),
  };
  return (spec, listener) => new NativeEngine(parts, spec, listener);
}

/** The most worthwhile CPUs first, hashing as was measured to be best. Throws RandomxError when the engine is missing. */
function engineOptions({ threads, held, mode }: EngineSpec, tunings: Tunings): EngineOptions {
  const cpu = withMeasured(cpuReport(), tunings.bestThreads(mode));
  const count = typeof threads === 'string' ? adviseThreads(cpu)[threads] : threads.count;
  const cpus = cpusFor(cpu, Math.min(count, held?.atMost ?? Infinity));
  return {
    miner: { cpus, mode, nonces: 'ofProcess' },
    cpusFor: (threads) => cpusFor(cpu, threads),
    tunedFor: (algorithm: Algorithm) => tunings.optionsFor(algorithm, mode, cpus.length),
  };
}
