import type { SessionEvent } from '../core/mining/session.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { createText } from '../contract/text/index.ts';
import { whyLine } from '../contract/text/why.ts';
import type { Endpoint, SourceEvent } from '../core/work/source.ts';
import { formatHostPort } from '../core/work/poolUrl.ts';
import type { InspectedMessage } from '../core/work/stratum/inspector.ts';
import type { Output, Summary } from './output.ts';

const english = createText('en');

/** The part of stdout that is used here. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Without a terminal the status is a line among the others, now and then. */
const STATUS_INTERVAL_MS = 10_000;
const CLEAR_LINE = '\r\u001b[2K';

/** What happens, line by line, and below it on a terminal one status line that is kept up to date. */
export class HumanOutput implements Output {
  readonly #screen: Screen;
  readonly #nowMs: () => number;
  #status = '';
  #lastStatusMs = 0;

  constructor(screen: Screen, nowMs: () => number) {
    this.#screen = screen;
    this.#nowMs = nowMs;
  }

  onEvent(event: SessionEvent): void {
    const line = describe(event);
    if (line !== undefined) this.say(line);
  }

  onTick(snapshot: Snapshot): void {
    const status = statusLine(snapshot);
    if (this.#screen.isTTY === true) {
      // One column is left free: a full line would wrap on some terminals.
      this.#status = status.slice(0, (this.#screen.columns ?? 80) - 1);
      this.#screen.write(CLEAR_LINE + this.#status);
    } else if (snapshot.takenAtMs - this.#lastStatusMs >= STATUS_INTERVAL_MS) {
      this.#lastStatusMs = snapshot.takenAtMs;
      this.say(status);
    }
  }

  onMessage({ direction, text }: InspectedMessage): void {
    // A terminal obeys control characters; what pools send is not to command it.
    this.say(`${direction}: ${text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')}`);
  }

  onApi(url: string): void {
    this.say(`HTTP API for dashboards: ${url}/2/summary and ${url}/metrics`);
  }

  onEnd(summary: Summary): void {
    if (this.#screen.isTTY === true) this.#screen.write(CLEAR_LINE);
    this.#status = '';
    const { accepted, rejected, stale, hashes, seconds } = summary;
    this.say(
      `Ended after ${Math.round(seconds)} s: ${accepted} accepted, ${rejected} rejected, ` +
        `${stale} stale, ${hashes} hashes.`,
    );
  }

  /** One line with the time of day. */
  say(text: string): void {
    const time = new Date(this.#nowMs()).toTimeString().slice(0, 8);
    const line = `${time}  ${text}\n`;
    const onTerminal = this.#screen.isTTY === true;
    this.#screen.write(onTerminal ? CLEAR_LINE + line + this.#status : line);
  }
}

function describe(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'state':
      return whyLine(english, { session: event.state, practice: event.practice });
    case 'source':
      return describeSource(event.event);
    case 'share':
      return undefined; // its fate is told
    case 'dropped':
      return `stale: ${event.why.message}`;
    case 'engineFailed':
      return `engine failed: ${event.problem.message}`;
    case 'engineWarning':
      return `engine: ${event.problem.message}`;
  }
}

function describeSource(event: SourceEvent): string | undefined {
  switch (event.type) {
    case 'connecting':
      return undefined; // the why line says it
    case 'connected': {
      const { tlsFingerprint } = event;
      const place = describePlace(event.endpoint);
      return tlsFingerprint === undefined
        ? `connected to ${place}`
        : `connected to ${place} by TLS; certificate SHA-256 ${tlsFingerprint}, pinned for this run`;
    }
    case 'loggedIn':
      return 'logged in';
    case 'job': {
      const { algorithm, difficulty, height } = event.job;
      const block = height === undefined || height === 0 ? '' : `, height ${height}`;
      return `new job: ${algorithm}, difficulty ${difficulty}${block}`;
    }
    case 'unminableJob':
      return `job refused: ${event.error.message}`;
    case 'warning':
      return event.problem.message;
    case 'accepted':
      return `share accepted (difficulty ${event.share.difficulty}, ${Math.round(event.roundTripMs)} ms)`;
    case 'rejected':
      return `share rejected: ${event.error.message}`;
    case 'stale':
      return `share stale: ${event.error.message}`;
    case 'disconnected':
      return `disconnected: ${event.error.message} Next try in ${Math.ceil(event.retryInMs / 1000)} s.`;
    case 'failed':
      return `given up: ${event.error.message}`;
  }
}

function statusLine({ rates, shares, pool, why, engine }: Snapshot): string {
  const { accepted, rejected, stale } = shares;
  const building =
    engine !== null && engine.datasetProgress > 0 && engine.datasetProgress < 1
      ? ` · dataset ${Math.floor(engine.datasetProgress * 100)} %`
      : '';
  const place =
    pool === null ? '' : ` · ${pool.kind === 'practice' ? 'practice pool' : formatHostPort(pool)}`;
  return (
    `${formatRate(rates.h10s)} 10 s · ${formatRate(rates.h60s)} 60 s · ${formatRate(rates.h15m)} 15 min · ` +
    `${accepted} accepted, ${rejected} rejected, ${stale} stale${place}${building} · ${why}`
  );
}

function describePlace(endpoint: Endpoint): string {
  const place = formatHostPort(endpoint);
  return endpoint.kind === 'practice' ? `the practice pool (${place}), which earns nothing` : place;
}

function formatRate(hashesPerSecond: number | null): string {
  if (hashesPerSecond === null) return '– H/s';
  return hashesPerSecond < 10_000
    ? `${hashesPerSecond.toFixed(hashesPerSecond < 100 ? 1 : 0)} H/s`
    : `${(hashesPerSecond / 1000).toFixed(2)} kH/s`;
}
