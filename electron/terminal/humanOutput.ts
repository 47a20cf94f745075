import type { Snapshot } from '../contract/snapshot.ts';
import type { Text } from '../contract/text/index.ts';
import { hashrateText } from '../contract/text/numbers.ts';
import { whyLine } from '../contract/text/why.ts';
import type { Clock } from '../core/clock.ts';
import { LogLines } from '../core/mining/logLine.ts';
import type { SessionEvent } from '../core/mining/session.ts';
import { formatHostPort } from '../core/work/poolUrl.ts';
import type { InspectedMessage } from '../core/work/stratum/inspector.ts';
import type { Output, Summary } from './output.ts';

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
  readonly #clock: Pick<Clock, 'nowMs' | 'wallMs'>;
  readonly #text: Text;
  readonly #lines = new LogLines();
  #status = '';
  #lastStatusMs = -Infinity;

  constructor(screen: Screen, clock: Pick<Clock, 'nowMs' | 'wallMs'>, text: Text) {
    this.#screen = screen;
    this.#clock = clock;
    this.#text = text;
  }

  onEvent(event: SessionEvent): void {
    const line = this.#lines.lineOf(event);
    if (line === null) return;
    this.say(
      'key' in line
        ? this.#text.line(line)
        : whyLine(this.#text, { session: line.state, practice: line.practice }),
    );
  }

  onTick(snapshot: Snapshot): void {
    const status = statusLine(this.#text, snapshot);
    const nowMs = this.#clock.nowMs();
    if (this.#screen.isTTY === true) {
      // One column is left free: a full line would wrap on some terminals.
      this.#status = status.slice(0, (this.#screen.columns ?? 80) - 1);
      this.#screen.write(CLEAR_LINE + this.#status);
    } else if (nowMs - this.#lastStatusMs >= STATUS_INTERVAL_MS) {
      this.#lastStatusMs = nowMs;
      this.say(status);
    }
  }

  onMessage({ direction, text }: InspectedMessage): void {
    this.say(`${direction}: ${text}`);
  }

  onApi(url: string): void {
    this.say(this.#text.t('terminal.api', { url }));
  }

  onEnd({ seconds, ...counts }: Summary): void {
    if (this.#screen.isTTY === true) this.#screen.write(CLEAR_LINE);
    this.#status = '';
    this.say(this.#text.t('terminal.ended', { ms: seconds * 1000, ...counts }));
  }

  /** One line with the time of day. A terminal obeys control characters: what others send is not to command it. */
  say(text: string): void {
    const time = new Date(this.#clock.wallMs()).toTimeString().slice(0, 8);
    // What only marks the direction of text is nothing to see, and terminals know little of it.
    const plain = text.replaceAll(/[\u061c\u200e\u200f\u2066-\u2069]/g, '');
    const line = `${time}  ${plain.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?')}\n`;
    const onTerminal = this.#screen.isTTY === true;
    this.#screen.write(onTerminal ? CLEAR_LINE + line + this.#status : line);
  }
}

function statusLine(text: Text, snapshot: Snapshot): string {
  const { t, language } = text;
  const { rates, shares, pool, engine } = snapshot;
  const { accepted, rejected, stale } = shares;
  const progress = engine?.datasetProgress ?? 0;
  const parts = [
    t('terminal.status', {
      h10s: hashrateText(rates.h10s, language),
      h60s: hashrateText(rates.h60s, language),
      h15m: hashrateText(rates.h15m, language),
      ...{ accepted, rejected, stale },
    }),
    ...(pool === null
      ? []
      : [pool.kind === 'practice' ? t('terminal.practicePool') : formatHostPort(pool)]),
    ...(progress > 0 && progress < 1 ? [t('terminal.dataset', { progress })] : []),
    whyLine(text, snapshot),
  ];
  return parts.join(' · ');
}
