import type { SessionEvent } from '../core/mining/session.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { Problem } from '../contract/problem.ts';
import type { Text } from '../contract/text/index.ts';
import { whyLine } from '../contract/text/why.ts';
import type { Clock } from '../core/clock.ts';
import type { Job, Share } from '../core/work/job.ts';
import type { SourceEvent } from '../core/work/source.ts';
import type { InspectedMessage } from '../core/work/stratum/inspector.ts';
import type { Output, Summary } from './output.ts';

/** The part of stdout that is used here. */
export interface LineSink {
  write(text: string): unknown;
  /** True while what was written before has not been read. */
  readonly writableNeedDrain: boolean;
}

const RATE_INTERVAL_MS = 5000;

/** One JSON object a line; a reader that stalls loses `rate` and `message` lines only. */
export class JsonOutput implements Output {
  readonly #sink: LineSink;
  readonly #clock: Pick<Clock, 'nowMs' | 'wallMs'>;
  readonly #text: Text;
  #lastRateMs = -Infinity;

  constructor(sink: LineSink, clock: Pick<Clock, 'nowMs' | 'wallMs'>, text: Text) {
    this.#sink = sink;
    this.#clock = clock;
    this.#text = text;
  }

  onEvent(event: SessionEvent): void {
    switch (event.type) {
      case 'source':
        this.#onSource(event.event);
        break;
      case 'share':
        this.#print('share', shareFields(event.share));
        break;
      case 'dropped':
        this.#print('stale', {
          ...fateFields(event.share),
          message: this.#text.sentence(event.why),
        });
        break;
      case 'engineFailed':
      case 'engineWarning':
        this.#printError(event.problem);
        break;
      case 'state':
        this.#print('state', {
          state: event.state.state,
          reason: whyLine(this.#text, { session: event.state, practice: event.practice }),
        });
        break;
    }
  }

  onTick({ rates, hashes }: Snapshot): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#lastRateMs < RATE_INTERVAL_MS || this.#sink.writableNeedDrain) return;
    this.#lastRateMs = nowMs;
    this.#print('rate', { ...rates, hashes });
  }

  onMessage({ direction, text }: InspectedMessage): void {
    if (this.#sink.writableNeedDrain) return;
    this.#print('message', { direction: direction === 'sent' ? 'out' : 'in', text });
  }

  onApi(url: string): void {
    this.#print('api', { url });
  }

  onEnd(summary: Summary): void {
    this.#print('summary', summary);
  }

  #onSource(event: SourceEvent): void {
    switch (event.type) {
      case 'connecting':
        break;
      case 'connected': {
        const { endpoint, tlsFingerprint } = event;
        this.#print('connected', {
          ...endpoint,
          ...(tlsFingerprint === undefined ? {} : { tlsFingerprint }),
        });
        break;
      }
      case 'loggedIn':
        this.#print('login', {});
        break;
      case 'job':
        this.#print('job', jobFields(event.job));
        break;
      case 'unminableJob':
      case 'failed':
        this.#printError(event.error);
        break;
      case 'warning':
        this.#printError(event.problem);
        break;
      case 'accepted':
        this.#print('accepted', fateFields(event.share));
        break;
      case 'rejected':
      case 'stale':
        this.#print(event.type, {
          ...fateFields(event.share),
          message: this.#text.sentence(event.error),
        });
        break;
      case 'disconnected':
        this.#print('disconnected', {
          reason: this.#text.sentence(event.error),
          retryInSeconds: event.retryInMs / 1000,
        });
        break;
    }
  }

  #printError(problem: Problem): void {
    this.#print('error', { code: problem.code, message: this.#text.sentence(problem) });
  }

  #print(event: string, fields: object): void {
    const time = new Date(this.#clock.wallMs()).toISOString();
    this.#sink.write(`${toJson({ event, time, ...fields })}\n`);
  }
}

/** As JSON, with everything escaped that a terminal would obey or break the line at. */
function toJson(value: object): string {
  const escape = (character: string) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, escape);
}

function jobFields(job: Job): object {
  return {
    jobId: job.jobId,
    algo: job.algorithm,
    difficulty: Number(job.difficulty),
    height: job.height ?? null,
    seedHash: hexOrNull(job.seedHash),
  };
}

function shareFields(share: Share): object {
  return {
    jobId: share.jobId,
    blob: hexOrNull(share.blob),
    nonce: hexOrNull(share.nonce),
    result: hexOrNull(share.result),
    seedHash: hexOrNull(share.seedHash),
    algo: share.algorithm,
    ...(share.commitment === undefined ? {} : { commitment: hexOrNull(share.commitment) }),
  };
}

function fateFields(share: Share): object {
  return { jobId: share.jobId, nonce: hexOrNull(share.nonce) };
}

function hexOrNull(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('hex');
}
