import type { Problem } from '../../contract/problem.ts';
import { systemClock } from '../clock.ts';
import { openPool, type SourceDeps } from './openSource.ts';
import type { SourceEvent } from './source.ts';
import type { PoolSpec } from './spec.ts';
import type { Algorithm } from './job.ts';
import type { PresentedCertificate } from './stratum/trust.ts';

/** What a pool or node showed when it was tried, before it is saved say. */
export type SourceTest = {
  /** As it was presented, whether it was trusted or not; null without TLS. */
  readonly certificate: PresentedCertificate | null;
  /** What the user should know before it is used. */
  readonly warnings: readonly Problem[];
} & (
  | {
      readonly result: 'usable';
      /** From the login to its answer; for a node, from asking for a block to getting it. */
      readonly latencyMs: number;
      readonly job: {
        readonly algorithm: Algorithm;
        readonly difficulty: bigint;
        readonly height?: number;
      };
    }
  /** Something answered there. */
  | { readonly result: 'notUsable'; readonly problem: Problem }
  | { readonly result: 'notReachable'; readonly problem: Problem }
);

/** Connects once, logs in, waits for a job that can be mined, and leaves. Never rejects, ends within a minute. */
export function testSource(spec: PoolSpec, deps: SourceDeps): Promise<SourceTest> {
  const clock = deps.clock ?? systemClock;
  return new Promise((resolve) => {
    let certificate: PresentedCertificate | null = null;
    let connectedAtMs: number | undefined;
    let latencyMs = 0;
    const warnings: Problem[] = [];
    const fail = (problem: Problem) => {
      source.stop();
      const isReachable = connectedAtMs !== undefined || certificate !== null;
      resolve({
        result: isReachable ? 'notUsable' : 'notReachable',
        certificate,
        warnings,
        problem,
      });
    };
    const listener = (event: SourceEvent): void => {
      switch (event.type) {
        case 'connected':
          connectedAtMs = clock.nowMs();
          break;
        case 'loggedIn':
          latencyMs = clock.nowMs() - (connectedAtMs ?? 0);
          break;
        case 'job': {
          source.stop();
          const { algorithm, difficulty, height } = event.job;
          const job = { algorithm, difficulty, ...(height === undefined ? {} : { height }) };
          resolve({ result: 'usable', certificate, warnings, latencyMs, job });
          break;
        }
        case 'warning':
          warnings.push(event.problem);
          break;
        case 'unminableJob':
        case 'disconnected':
        case 'failed':
          fail(event.error);
          break;
        case 'connecting':
        case 'accepted':
        case 'rejected':
        case 'stale':
      }
    };
    const source = openPool(spec, deps, (presented) => (certificate = presented))(listener);
    source.start();
  });
}
