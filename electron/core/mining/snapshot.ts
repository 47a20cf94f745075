import { availableParallelism } from 'node:os';
import type { Snapshot } from '../../contract/snapshot.ts';
import { toHex } from './ledger.ts';
import type { Session, SessionView } from './session.ts';

const THREAD_RATE_WINDOW_MS = 10_000;

/** The one picture of a session that every front end shows. */
export function takeSnapshot(session: Session): Snapshot {
  const { hashing, ledger, view } = session;
  return {
    takenAtMs: view.nowMs,
    session: session.state,
    why: session.why,
    uptimeMs: view.startedAtMs === undefined ? 0 : view.nowMs - view.startedAtMs,
    hashes: hashing.hashes,
    rates: hashing.rate.rates(),
    threads: hashing.cpus.map((cpu, index) => ({
      cpu,
      hashesPerSecond: hashing.threadRates[index]?.perSecond(THREAD_RATE_WINDOW_MS) ?? null,
    })),
    threadsAvailable: availableParallelism(),
    engine: engineOf(view),
    pool: poolOf(view),
    job: jobOf(view),
    shares: ledger.snapshot(),
  };
}

function engineOf({ engineStatus: status }: SessionView): Snapshot['engine'] {
  if (status === undefined) return null;
  const { state } = status;
  return {
    mode: state === 'light' || state === 'fast' ? state : 'none',
    datasetProgress: status.datasetProgress,
    pages: status.pages,
    paths: { ...status.paths },
    interleave: status.interleave,
  };
}

function poolOf({ endpoint, link, pingMs, lastError }: SessionView): Snapshot['pool'] {
  if (endpoint === undefined) return null;
  return {
    kind: endpoint.kind,
    host: endpoint.host,
    port: endpoint.port,
    tls: endpoint.tls,
    link: link.state,
    connectedSinceMs: link.state === 'loggedIn' ? link.sinceMs : null,
    pingMs,
    retryAtMs: link.state === 'waiting' ? link.retryAtMs : null,
    lastError,
  };
}

function jobOf({ job: current }: SessionView): Snapshot['job'] {
  if (current === undefined) return null;
  const { job, receivedAtMs } = current;
  return {
    jobId: job.jobId,
    algorithm: job.algorithm,
    difficulty: Number(job.difficulty),
    height: job.height ?? null,
    seedHash: job.seedHash === undefined ? null : toHex(job.seedHash),
    receivedAtMs,
  };
}
