import { availableParallelism } from 'node:os';
import type { Snapshot } from '../../contract/snapshot.ts';
import { ShareLedger, toHex } from './ledger.ts';
import type { WorkLink } from './link.ts';
import type { Session } from './session.ts';
import { activityOf } from './shownState.ts';

const nothingYet = new ShareLedger();

/** What does not come from the session. */
type Beside = Pick<Snapshot, 'sensors' | 'money'>;
const nothingBeside: Beside = { sensors: { watts: null, celsius: null }, money: null };

/** The one picture of a session, and of the computer it runs on, that every front end shows. */
export function takeSnapshot(session: Session, beside = nothingBeside): Snapshot {
  const { clock, hashing, link, state, isPractice: practice } = session;
  const ledger = link?.ledger ?? nothingYet;
  const { rates } = hashing;
  return {
    takenAtMs: clock.wallMs(),
    monotonicMs: clock.nowMs(),
    session: state,
    activity: activityOf(state),
    missing: [...session.missing],
    practice,
    uptimeMs: session.uptimeMs,
    hashes: ledger.hashes,
    rates,
    threads: [...hashing.threads],
    threadsAvailable: availableParallelism(),
    threadsHeld: session.threadsHeld,
    ...beside,
    engine: engineOf(session),
    learning: hashing.learning,
    pool: link === undefined ? null : poolOf(link, clock.nowMs()),
    standings: (link?.standings ?? []).map(({ endpoint: { kind, host, port }, ...how }) => ({
      ...{ kind, host, port, ...how },
    })),
    job: link === undefined ? null : jobOf(link, clock.nowMs()),
    shares: ledger.snapshot(),
    luck: ledger.luck(rates.h60s ?? rates.h10s, link?.job?.job.difficulty),
  };
}

function engineOf({ hashing: { status } }: Session): Snapshot['engine'] {
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

function poolOf(link: WorkLink, nowMs: number): Snapshot['pool'] {
  const { endpoint, state } = link;
  return {
    kind: endpoint.kind,
    host: endpoint.host,
    port: endpoint.port,
    tls: endpoint.tls,
    link: state.state,
    connectedForMs: state.state === 'loggedIn' ? nowMs - state.sinceMs : null,
    pingMs: link.pingMs,
    retryInMs: state.state === 'waiting' ? Math.max(0, state.retryAtMs - nowMs) : null,
    lastError: link.lastError,
    failures: link.failures,
    tlsFingerprint: link.tlsFingerprint,
    acceptedHere: link.acceptedHere,
  };
}

function jobOf({ job: current }: WorkLink, nowMs: number): Snapshot['job'] {
  if (current === undefined) return null;
  const { job, receivedAtMs } = current;
  return {
    jobId: job.jobId,
    algorithm: job.algorithm,
    difficulty: Number(job.difficulty),
    height: job.height ?? null,
    seedHash: job.seedHash === undefined ? null : toHex(job.seedHash),
    ageMs: nowMs - receivedAtMs,
  };
}
