import type { Failure } from '../../../contract/result.ts';
import type { Algorithm } from '../job.ts';
import type { SourceEvent } from '../source.ts';
import { StratumClient } from './client.ts';
import { systemClock, type Clock } from '../../clock.ts';
import type { StratumOptions } from './options.ts';

/** What a pool showed when it was tried before saving. */
export type ConnectionTest =
  | {
      readonly ok: true;
      /** From the first packet to the first job. */
      readonly tookMs: number;
      readonly algorithm: Algorithm;
      readonly difficulty: bigint;
      /** SHA-256 of the certificate, lower-case hex, when TLS is used. */
      readonly tlsFingerprint?: string;
    }
  | {
      readonly ok: false;
      /** How far it got. */
      readonly stage: 'connecting' | 'loggingIn' | 'waitingForJob';
      readonly error: Failure;
    };

/** Connects once, logs in, waits for a job that can be mined, and leaves. Never rejects, ends within a minute. */
export function testConnection(
  options: StratumOptions,
  clock: Clock = systemClock,
): Promise<ConnectionTest> {
  const startedAtMs = clock.nowMs();
  return new Promise((resolve) => {
    let stage: Extract<ConnectionTest, { ok: false }>['stage'] = 'connecting';
    let tlsFingerprint: string | undefined;
    const finish = (result: ConnectionTest) => {
      client.stop();
      resolve(result);
    };
    const listener = (event: SourceEvent): void => {
      switch (event.type) {
        case 'connected':
          stage = 'loggingIn';
          tlsFingerprint = event.tlsFingerprint;
          break;
        case 'loggedIn':
          stage = 'waitingForJob';
          break;
        case 'job': {
          const { algorithm, difficulty } = event.job;
          finish({
            ok: true,
            tookMs: clock.nowMs() - startedAtMs,
            algorithm,
            difficulty,
            ...(tlsFingerprint !== undefined && { tlsFingerprint }),
          });
          break;
        }
        case 'unminableJob':
        case 'disconnected':
        case 'failed':
          finish({ ok: false, stage, error: event.error });
          break;
        case 'connecting':
        case 'accepted':
        case 'rejected':
        case 'stale':
      }
    };
    const client = new StratumClient(options, listener, clock);
    client.start();
  });
}
