import { beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../electron/contract/problem.ts';
import { createText } from '../../electron/contract/text/index.ts';
import { JsonOutput } from '../../electron/terminal/jsonOutput.ts';
import type { SourceEvent } from '../../electron/core/work/source.ts';
import { takeSnapshot } from '../../electron/core/mining/snapshot.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { SessionUnderTest, easyJob } from '../support/session.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const time = '2026-01-02T03:04:05.000Z';

class Sink {
  text = '';
  writableNeedDrain = false;
  write(text: string): void {
    this.text += text;
  }
  get lines(): unknown[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  }
}

let sink: Sink;
let output: JsonOutput;
beforeEach(() => {
  sink = new Sink();
  output = new JsonOutput(sink, { nowMs: () => 0, wallMs: () => NOW_MS }, createText('en'));
});

const job = easyJob(3, { jobId: 'q7PL+/=', height: 9, difficulty: 1000n });
const share = {
  jobId: job.jobId,
  algorithm: job.algorithm,
  nonce: Uint8Array.of(0xd0, 3, 0, 0x40),
  result: new Uint8Array(32).fill(0xab),
  blob: job.blob,
  seedHash: new Uint8Array(32).fill(1),
  difficulty: 1000n,
};
const endpoint = { kind: 'stratum', host: 'pool.test', port: 3333, tls: true } as const;
const error = problem('internal', { reason: 'Low difficulty share' });
const message = 'Something went wrong inside the app: Low difficulty share';
const fate = { jobId: 'q7PL+/=', nonce: 'd0030040' };
const key = '01'.repeat(32);

describe('the events of --json', () => {
  it.each<[SourceEvent, object[]]>([
    [{ type: 'connecting', endpoint }, []],
    [
      { type: 'connected', endpoint, tlsFingerprint: 'ff' },
      [{ event: 'connected', time, ...endpoint, tlsFingerprint: 'ff' }],
    ],
    [{ type: 'loggedIn' }, [{ event: 'login', time }]],
    [
      { type: 'job', job },
      [
        {
          event: 'job',
          time,
          jobId: 'q7PL+/=',
          algo: 'rx/0',
          difficulty: 1000,
          height: 9,
          seedHash: key,
        },
      ],
    ],
    [{ type: 'accepted', share, roundTripMs: 3 }, [{ event: 'accepted', time, ...fate }]],
    [{ type: 'rejected', share, error }, [{ event: 'rejected', time, ...fate, message }]],
    [{ type: 'stale', share, error }, [{ event: 'stale', time, ...fate, message }]],
    [
      { type: 'disconnected', endpoint, error, retryInMs: 1500 },
      [{ event: 'disconnected', time, reason: message, retryInSeconds: 1.5 }],
    ],
    [{ type: 'unminableJob', error }, [{ event: 'error', time, code: 'internal', message }]],
    [{ type: 'failed', error }, [{ event: 'error', time, code: 'internal', message }]],
  ])('of %o', (event, lines) => {
    output.onEvent({ type: 'source', event });
    expect(sink.lines).toEqual(lines);
  });

  it('tell everything that is needed to check a share again', () => {
    output.onEvent({ type: 'share', share });
    expect(sink.lines).toEqual([
      {
        event: 'share',
        time,
        ...fate,
        blob: Buffer.from(share.blob).toString('hex'),
        result: 'ab'.repeat(32),
        seedHash: key,
        algo: 'rx/0',
      },
    ]);
  });

  it("tell the pool's messages and where the HTTP API is", () => {
    output.onMessage({ timeMs: 0, direction: 'sent', text: 'a' });
    output.onMessage({ timeMs: 0, direction: 'received', text: '\u001b' });
    output.onApi('http://127.0.0.1:1');
    expect(sink.lines).toEqual([
      { event: 'message', time, direction: 'out', text: 'a' },
      { event: 'message', time, direction: 'in', text: '\u001b' },
      { event: 'api', time, url: 'http://127.0.0.1:1' },
    ]);
  });

  it('hold nothing that a terminal obeys or breaks the line at', () => {
    output.onMessage({ timeMs: 0, direction: 'received', text: 'a\u001b\u007f\u009b\u2028b' });
    expect(sink.text).toMatch(/a\\u001b\\u007f\\u009b\\u2028b/);
    expect(sink.lines).toMatchObject([{ text: 'a\u001b\u007f\u009b\u2028b' }]);
  });

  it('tell the rate every five seconds, whatever is done to the clock', () => {
    const clock = new FakeClock();
    output = new JsonOutput(sink, clock, createText('en'));
    const snapshot = takeSnapshot(new SessionUnderTest().session);
    for (let second = 0; second < 15; second += 1) {
      output.onTick(snapshot);
      clock.advance(1000);
      clock.setWallBy(-3_600_000);
    }
    expect(sink.lines).toMatchObject(Array.from({ length: 3 }, () => ({ event: 'rate' })));
  });

  it('leave out rates and messages, and nothing else, while the reader stalls', () => {
    const snapshot = takeSnapshot(new SessionUnderTest().session);
    sink.writableNeedDrain = true;
    output.onTick(snapshot);
    output.onMessage({ timeMs: 0, direction: 'sent', text: 'a' });
    output.onEvent({ type: 'share', share });
    sink.writableNeedDrain = false;
    output.onTick(snapshot);
    output.onEnd({ accepted: 1, rejected: 2, stale: 3, hashes: 4, seconds: 5 });
    expect(sink.lines).toMatchObject([
      { event: 'share' },
      { event: 'rate', h10s: null, h60s: null, h15m: null, hashes: 0 },
      { event: 'summary', accepted: 1, rejected: 2, stale: 3, hashes: 4, seconds: 5 },
    ]);
  });
});
