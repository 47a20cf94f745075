import { isPrivateWay } from '../../contract/host.ts';
import type { Money, NetworkFigures, PaidWork } from '../../contract/money.ts';
import type { Credit, PoolAccount, PoolAccountState } from '../../contract/poolAccount.ts';
import type { Settings } from '../../contract/settings.ts';
import { meanPrice, pricesOf } from '../../contract/tariff.ts';
import type { SensorReadings } from '../../contract/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { WorkLink } from '../mining/link.ts';
import type { Session } from '../mining/session.ts';
import { allowedHours } from '../rules/schedule.ts';
import type { Job } from '../work/job.ts';
import { estimate } from './estimate.ts';
import { readP2pool, type P2poolFigures } from './p2pool.ts';

/** A rate over less says little of what the computer does in the long run, and over more it remembers how mining began. */
const LONG_RATE_FROM_MS = 15 * 60_000;
const P2POOL_EVERY_MS = 30_000;
/** What is estimated of a day does not change with every second's rate. */
const RATE_EVERY_MS = 10_000;

/** What others count of what was sent. */
export interface Counts {
  readonly accounts: () => PoolAccountState[];
  readonly p2poolCredit: () => Credit | null;
}

type Known<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Gathers what an estimate is made of: what the session and the sensors told last, P2Pool's files, the pools, what the user typed.
 */
export class MoneyFacts {
  readonly #readPowerLimit: () => number | null;
  #counts: Counts = { accounts: () => [], p2poolCredit: () => null };
  /** Set with the system's own tools at most: read once. */
  #powerLimitWatts: number | null | undefined;
  readonly #told: Known<{
    rate: Money['rate'];
    network: NetworkFigures | null;
    work: PaidWork | null;
    power: Money['power'];
  }> = { rate: null, network: null, work: null, power: null };
  #ratedAtMs = -Infinity;
  /** Whose network is noted. */
  #job: Job | undefined;
  /** When it was read: by the clock that nobody sets. */
  #p2pool: {
    readonly folder: string;
    readonly readAtMs: number;
    readonly is: P2poolFigures;
  } | null = null;

  constructor(readPowerLimit: () => number | null) {
    this.#readPowerLimit = readPowerLimit;
  }

  /** From now on they are asked with each estimate. */
  listenTo(counts: Counts): void {
    this.#counts = counts;
  }

  estimate(session: Session, sensors: SensorReadings, settings: Settings): Money {
    const { clock, link } = session;
    const p2pool = this.#readP2pool(settings.money.p2poolFolder, clock);
    this.#note(session, sensors);
    if (this.#powerLimitWatts === undefined) this.#powerLimitWatts = this.#readPowerLimit();
    const { network: typed, wattsAtWall, pricePerXmr, tariffPerKwh: tariff } = settings.money;
    const isAtP2pool = link?.endpoint.kind === 'stratum' && isPrivateWay(link.endpoint.host);
    const told = this.#told;
    const accounts = this.#counts.accounts();
    return estimate({
      rate: told.rate,
      network: newest([
        told.network,
        p2pool?.network ?? null,
        ...accounts.map(({ account }) => networkOf(account)),
        typed && { ...typed, source: 'typed' },
      ]),
      work: (isAtP2pool ? p2pool?.work : undefined) ?? told.work,
      power: wattsAtWall
        ? { watts: wattsAtWall.value, source: 'typed', atMs: wattsAtWall.atMs }
        : told.power,
      p2poolFault: this.#p2pool?.is.fault ?? null,
      accounts,
      p2poolCredit: this.#counts.p2poolCredit(),
      powerLimitWatts: this.#powerLimitWatts,
      pricePerXmr: pricePerXmr?.value ?? null,
      tariffPerKwh: tariff && meanPrice(allowedHours(settings), pricesOf(tariff)),
    });
  }

  /** Keeps what is known while it is not told: while mining is paused, say. */
  #note({ clock, link, hashing, uptimeMs }: Session, { watts }: SensorReadings): void {
    const atMs = clock.wallMs();
    const { h60s, h15m } = hashing.rates;
    const hashesPerSecond = uptimeMs < LONG_RATE_FROM_MS ? h60s : h15m;
    const isDue = clock.nowMs() - this.#ratedAtMs >= RATE_EVERY_MS;
    if (isDue && hashesPerSecond !== null && hashesPerSecond > 0) {
      this.#ratedAtMs = clock.nowMs();
      this.#told.rate = { hashesPerSecond, atMs };
      // What is drawn at rest is not what mining costs.
      if (watts !== null && watts > 0) this.#told.power = { watts, source: 'measured', atMs };
    }
    if (link?.job === undefined) return;
    const { job, receivedAtMs } = link.job;
    this.#told.work = paidWorkOf(link, Number(job.difficulty));
    if (job.network !== undefined && job !== this.#job) {
      this.#job = job;
      const jobAtMs = atMs - (clock.nowMs() - receivedAtMs);
      this.#told.network = { ...job.network, source: 'node', atMs: jobAtMs };
    }
  }

  #readP2pool(folder: string | null, clock: Clock): Extract<P2poolFigures, { fault: null }> | null {
    const readAtMs = clock.nowMs();
    if (folder === null) this.#p2pool = null;
    else if (
      folder !== this.#p2pool?.folder ||
      readAtMs - this.#p2pool.readAtMs >= P2POOL_EVERY_MS
    ) {
      this.#p2pool = { folder, readAtMs, is: readP2pool(folder, clock.wallMs()) };
    }
    return this.#p2pool?.is.fault === null ? this.#p2pool.is : null;
  }
}

function newest(figures: readonly (NetworkFigures | null)[]): NetworkFigures | null {
  return figures.reduce(
    (one, other) => ((other?.atMs ?? 0) > (one?.atMs ?? 0) ? other : one),
    null,
  );
}

function networkOf(account: PoolAccount | null): NetworkFigures | null {
  return account?.network ? { ...account.network, source: 'pool', atMs: account.atMs } : null;
}

function paidWorkOf({ endpoint: { kind } }: WorkLink, hashes: number): PaidWork | null {
  switch (kind) {
    case 'practice':
      return null;
    case 'daemon':
      return { unit: 'block', hashes };
    case 'stratum':
      return { unit: 'share', hashes };
  }
}
