import { randomBytes } from 'node:crypto';
import { freemem, loadavg, totalmem } from 'node:os';
import { refused, success, type Result } from '../../contract/result.ts';
import { cpuReport } from '../engine/library.ts';
import { engineProblem } from '../engine/problem.ts';
import type { ApiFacts } from './summary.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

/** What the HTTP API tells beside the snapshot: this run, this machine, and the best rate so far. */
export class ApiFactsKeeper {
  readonly #ofRun: Omit<ApiFacts, 'uptimeMs' | 'memory' | 'loadAverage' | 'highestHashesPerSecond'>;
  #highestHashesPerSecond: number | null = null;

  /** Refused without an engine, which alone knows the CPU. */
  static open(workerId: string, version: string): Result<ApiFactsKeeper> {
    try {
      return success(new ApiFactsKeeper(workerId, version));
    } catch (error) {
      return refused(engineProblem(error));
    }
  }

  private constructor(workerId: string, version: string) {
    const { name, cpus, features } = cpuReport();
    this.#ofRun = {
      id: randomBytes(8).toString('hex'),
      workerId,
      version,
      cpuModel: name,
      architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      logicalCpus: cpus.length,
      cores: new Set(cpus.map(({ core }) => core)).size,
      packages: new Set(cpus.map(({ package: id }) => id)).size,
      numaNodes: new Set(cpus.map(({ numaNode }) => numaNode)).size,
      l2Bytes: sum([...new Map(cpus.map(({ core, l2Bytes }) => [core, l2Bytes])).values()]),
      l3Bytes: sum([...new Map(cpus.map(({ l3Group, l3Bytes }) => [l3Group, l3Bytes])).values()]),
      aes: features.includes('aes'),
      avx2: features.includes('avx2'),
    };
  }

  /** To be called with every snapshot, before it is shown: the highest rate is never below the present one. */
  note({ rates: { h10s } }: Snapshot): void {
    if (h10s === null) return;
    this.#highestHashesPerSecond = Math.max(this.#highestHashesPerSecond ?? 0, h10s);
  }

  facts(): ApiFacts {
    return {
      ...this.#ofRun,
      uptimeMs: process.uptime() * 1000,
      memory: {
        freeBytes: freemem(),
        totalBytes: totalmem(),
        residentBytes: process.memoryUsage.rss(),
      },
      loadAverage: loadavg(),
      highestHashesPerSecond: this.#highestHashesPerSecond,
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
