import { hostname } from 'node:os';
import { hash, releaseCaches } from '../core/engine/library.ts';
import { engineOpener } from '../core/engine/openEngine.ts';
import { startApi } from '../core/api/server.ts';
import { systemClock } from '../core/clock.ts';
import { Session } from '../core/mining/session.ts';
import { takeSnapshot } from '../core/mining/snapshot.ts';
import type { Text } from '../contract/text/index.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { openSource } from '../core/work/openSource.ts';
import { Inspector } from '../core/work/stratum/inspector.ts';
import { ApiFactsKeeper } from '../core/api/apiFacts.ts';
import { Lifetime } from './lifetime.ts';
import type { MineOptions } from './command.ts';
import type { Output } from './output.ts';
import { tunings } from './tune.ts';
import { version } from './version.ts';

const TICK_MS = 1000;
/** A reader that stalls, or a thread that hangs, does not keep the process for longer. */
const LAST_EXIT_MS = 15_000;
/** But a block does: longer than a node is given to take it (core/work/daemon/source.ts). */
const BLOCK_EXIT_MS = 125_000;

/** Demonstrations end after so many accepted shares. */
export interface RunLimits {
  readonly acceptedShares?: number;
}

/** Keeps nothing: what is said is shown at once. */
function inspectorFor(output: Output): Inspector {
  return new Inspector(systemClock, 0, (message) => output.onMessage(message));
}

/** Mines until there is a reason to end; resolves with the exit code when nothing is left running. */
export async function run(
  options: MineOptions,
  output: Output,
  text: Text,
  limits: RunLimits = {},
): Promise<number> {
  const lifetime = new Lifetime(options.durationSeconds);
  let hasFailed = false;
  const session = new Session({
    clock: systemClock,
    standstill: { state: 'notStartedYet' }, // a typed command is its own consent
    openSource: (spec) =>
      openSource(spec, {
        agentVersion: version,
        ...(options.inspect ? { inspector: inspectorFor(output) } : {}),
        hash: async (key, input) => (await hash({ algorithm: 'rx/0', key, input })).result,
        releaseCaches,
      }),
    openEngine: engineOpener(tunings()),
    listener: (event) => {
      if (event.type === 'state') {
        // What ends by failing was not stopped by anybody: the failure is the last state told.
        if (hasFailed) return;
        hasFailed = event.state.state === 'failed';
      }
      output.onEvent(event);
      if (hasFailed) lifetime.end('failed');
      if ((session.link?.ledger.accepted ?? 0) === limits.acceptedShares) {
        void session.stop('end'); // at once: only a share that is on its way is still counted
        lifetime.end('finished');
      }
    },
  });
  session.follow(options.plan);
  let keeper: ApiFactsKeeper | undefined;
  const lookAtSession = (): Snapshot => {
    const snapshot = takeSnapshot(session);
    keeper?.note(snapshot);
    return snapshot;
  };
  const openApi = (at: NonNullable<MineOptions['api']>) => {
    const opened = ApiFactsKeeper.open(options.workerId ?? hostname(), version);
    if (!opened.ok) return opened;
    keeper = opened.value;
    return startApi({ ...at, snapshot: lookAtSession, facts: () => opened.value.facts() });
  };
  const api = options.api && (await openApi(options.api));
  if (api?.ok === false) {
    process.stderr.write(`${text.sentence(api.error)}\n`);
    lifetime.end('failed');
    return 1;
  }
  if (api !== undefined) output.onApi(`http://127.0.0.1:${api.value.port}`);
  const ticking = setInterval(() => output.onTick(lookAtSession()), TICK_MS);
  session.start();

  const ending = await lifetime.ended;
  const awaitsBlock = session.isBlockUnderWay;
  setTimeout(() => {
    // The last hashes may have found one.
    if (!session.isBlockUnderWay) process.exit(1);
  }, LAST_EXIT_MS).unref();
  setTimeout(() => process.exit(1), BLOCK_EXIT_MS).unref();
  if (awaitsBlock) lifetime.endAtOnceWhenAskedAgain();
  clearInterval(ticking);
  await api?.value.close();
  await session.stop(awaitsBlock ? 'quit' : ending === 'signal' ? 'user' : 'end');
  await releaseCaches();
  const { shares, hashes } = takeSnapshot(session);
  const { accepted, rejected, stale } = shares;
  output.onEnd({
    accepted,
    rejected,
    stale,
    hashes,
    seconds: Math.round(process.uptime() * 1000) / 1000,
  });
  return ending === 'failed' ? 1 : 0;
}
