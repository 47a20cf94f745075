import type { Socket } from 'node:net';
import type { HistoryRecord } from '../../contract/history.ts';
import type { KnownPoolId, PoolApi } from '../../contract/knownPools.ts';
import type { Credit, PoolAccount, PoolAccountState } from '../../contract/poolAccount.ts';
import { problem } from '../../contract/problem.ts';
import { refused, success, type Result } from '../../contract/result.ts';
import type { Cancel, Clock } from '../clock.ts';
import { formatHostPort } from '../work/poolUrl.ts';
import type { Socks5Spec } from '../work/spec.ts';
import { creditOf } from './credit.ts';
import { accountFrom } from './poolApis.ts';
import { fetchJson } from './fetchJson.ts';
import type { Readings } from './readings.ts';

/** Pools answer out of caches of a minute and more, and count visitors who come often. */
const EVERY_MS = 5 * 60_000;
const LOOK_EVERY_MS = 10_000;
const PATIENCE_MS = 20_000;

/** A pool that can be asked what it owes this address. */
export interface AccountPool {
  readonly pool: KnownPoolId;
  readonly name: string;
  /** Of the settings' pools those that are servers of it. */
  readonly entries: readonly string[];
  readonly api: PoolApi;
  readonly address: string;
  /** The user lets it be asked. */
  readonly isAsked: boolean;
  /** All that is sent to its servers is for this address, as far as is known. */
  readonly isComparable: boolean;
  readonly socks5?: Socks5Spec;
}

export interface PoolAccountsParts {
  readonly clock: Clock;
  readonly pools: () => readonly AccountPool[];
  readonly isHashing: () => boolean;
  /** Of each connection, before it is opened. */
  readonly onOpening: (pool: AccountPool, socket: Socket) => void;
  readonly readings: Readings;
  /** What was mined at a pool since. */
  readonly minedAt: (pool: KnownPoolId, sinceMs: number) => Promise<HistoryRecord[]>;
  /** Something became known. */
  readonly onChange: () => void;
}

interface Known {
  readonly askedAtMs: number;
  readonly cancel: AbortController;
  account: PoolAccount | null;
  fault: PoolAccountState['fault'];
  credit: Credit | null;
}

/** Asks pools what they owe the user: while hashes are made or somebody looks, and seldom. */
export class PoolAccounts {
  readonly #parts: PoolAccountsParts;
  readonly #stopLooking: Cancel;
  /** By pool, address and way: another of these is asked anew. */
  readonly #known = new Map<string, Known>();
  #isClosed = false;

  constructor(parts: PoolAccountsParts) {
    this.#parts = parts;
    this.#stopLooking = parts.clock.every(LOOK_EVERY_MS, () => {
      this.forgetOthers();
      if (parts.isHashing()) this.look();
    });
  }

  states(): PoolAccountState[] {
    return this.#parts.pools().map((at) => {
      const { pool, name, entries, api, socks5, isAsked } = at;
      const { account = null, fault = null, credit = null } = this.#known.get(keyOf(at)) ?? {};
      return {
        ...{ pool, name, entries: [...entries], host: api.host, isAsked, account, fault, credit },
        proxy: socks5 ? formatHostPort(socks5) : null,
      };
    });
  }

  /** Asks those that were not asked for some minutes. */
  look(): void {
    if (this.#isClosed) return;
    const nowMs = this.#parts.clock.nowMs();
    for (const asked of this.#asked()) {
      const before = this.#known.get(keyOf(asked));
      if (before === undefined || nowMs - before.askedAtMs >= EVERY_MS) {
        void this.#ask(asked, before);
      }
    }
  }

  /** Breaks off and forgets what is not to be asked any more. */
  forgetOthers(): void {
    const wanted = new Set(this.#asked().map(keyOf));
    for (const [key, { cancel }] of this.#known) {
      if (wanted.has(key)) continue;
      this.#known.delete(key);
      cancel.abort();
    }
  }

  /** Nobody is asked from then on. */
  close(): void {
    this.#isClosed = true;
    this.#stopLooking();
    for (const { cancel } of this.#known.values()) cancel.abort();
    this.#known.clear();
  }

  #asked(): readonly AccountPool[] {
    return this.#parts.pools().filter(({ isAsked }) => isAsked);
  }

  async #ask(asked: AccountPool, before: Known | undefined): Promise<void> {
    const { clock, onChange } = this.#parts;
    const { account = null, fault = null, credit = null } = before ?? {};
    const cancel = new AbortController();
    const known: Known = { askedAtMs: clock.nowMs(), cancel, account, fault, credit };
    this.#known.set(keyOf(asked), known);
    const told = await this.#fetch(asked, cancel.signal);
    const compared = told.ok ? await this.#compare(asked, told.value) : credit;
    if (cancel.signal.aborted) return;
    if (told.ok) known.account = told.value;
    known.credit = compared;
    known.fault = told.ok ? null : told.error;
    onChange();
  }

  async #compare(
    asked: AccountPool,
    { atMs, creditedHashes }: PoolAccount,
  ): Promise<Credit | null> {
    if (creditedHashes === null || !asked.isComparable) return null;
    const { readings, minedAt } = this.#parts;
    const now = { atMs, creditedHashes };
    const first = readings.note(asked.pool, asked.address, now);
    return creditOf(first, now, await minedAt(asked.pool, first.atMs));
  }

  async #fetch(asked: AccountPool, signal: AbortSignal): Promise<Result<PoolAccount>> {
    const { api, socks5, address } = asked;
    const { host, port, tls, path: base } = api;
    const onOpening = (socket: Socket) => this.#parts.onOpening(asked, socket);
    const server = { host, port, tls, onOpening, ...(socks5 && { socks5 }) };
    const told = await accountFrom(api.kind, address, (path) =>
      fetchJson(server, base + path, { ms: PATIENCE_MS, signal }),
    );
    if (told.ok) return success({ ...told.value, atMs: this.#parts.clock.wallMs() });
    const { error } = told;
    const isWhole = error.code === 'poolApiFailed';
    return refused(isWhole ? error : problem('poolApiFailed', { host, why: error }));
  }
}

const keyOf = ({ pool, address, socks5 }: AccountPool) => JSON.stringify([pool, address, socks5]);
