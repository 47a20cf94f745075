import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DaemonSource, type DaemonOptions } from '../../../../electron/core/work/daemon/client.ts';
import { ZmtpReader } from '../../../../electron/core/work/daemon/zmtp.ts';
import type { SourceEvent } from '../../../../electron/core/work/source.ts';
import { TEST_ADDRESS } from '../../../support/monerod.ts';
import { solution } from '../../../support/solution.ts';
import { ScriptedNode, type Asked } from '../../../support/scriptedNode.ts';
import { selfSigned } from '../../../support/stratum/certificates.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

const WAIT = { timeout: 60_000, interval: 10 };
vi.setConfig({ testTimeout: 180_000 });

let node: ScriptedNode;
let source: DaemonSource | undefined;
let events: SourceEvent[] = [];
beforeEach(async () => {
  node = await ScriptedNode.start();
});
afterEach(async () => {
  source?.stop();
  await node.stop();
});

function mine(options: Partial<DaemonOptions> = {}): FakeClock {
  const clock = new FakeClock();
  events = [];
  source = new DaemonSource(
    {
      ...{ host: '127.0.0.1', port: node.port, tls: false },
      ...{ address: TEST_ADDRESS, network: 'mainnet' },
      ...options,
    },
    (event) => events.push(event),
    clock,
  );
  source.start();
  return clock;
}

async function next<T extends SourceEvent['type']>(
  type: T,
): Promise<Extract<SourceEvent, { type: T }>> {
  return vi.waitFor(() => {
    const found = events.find((event) => event.type === type);
    if (found === undefined) throw new Error(`no ${type}: ${JSON.stringify(events, bigIntAsText)}`);
    return found as Extract<SourceEvent, { type: T }>;
  }, WAIT);
}

const bigIntAsText = (_: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : value;

/** Answers one method with this, all others as a good node does. */
function answer(method: string, raw: string): void {
  node.answer = (asked: Asked) => ((asked.method ?? asked.path) === method ? raw : undefined);
}

const rpcError = (code: number, message: string) =>
  JSON.stringify({ id: '0', error: { code, message } });
const info = (changed: object) =>
  JSON.stringify({
    result: { nettype: 'mainnet', synchronized: true, height: 5, target_height: 0, ...changed },
  });

describe('a node that cannot be mined on yet', () => {
  it.each([
    ['says it is busy', 'get_block_template', rpcError(-9, 'Core is busy')],
    ['says it is not synchronised', 'get_info', info({ synchronized: false })],
    ['is behind the others', 'get_info', info({ height: 5, target_height: 9 })],
  ])('%s: is waited for', async (_, method, raw) => {
    answer(method, raw);
    const clock = mine();
    const { error, retryInMs } = await next('disconnected');
    expect(error.code).toBe('notSynchronised');
    node.answer = () => undefined;
    clock.advance(retryInMs);
    await next('job');
  });

  it('refuses subaddresses for good', async () => {
    answer('get_block_template', rpcError(-12, 'Mining to subaddress is not supported'));
    mine();
    expect((await next('failed')).error.message).toContain('begins with 4');
  });

  it.each([['an old block version', { blockhashing_blob: '07'.repeat(76) }]])(
    'gives %s: is told in words',
    async (_, changed) => {
      const good = JSON.parse(
        JSON.stringify({
          ...{ blocktemplate_blob: '10'.repeat(120), blockhashing_blob: '10'.repeat(76) },
          ...{ wide_difficulty: '0x2', height: 100, prev_hash: 'ab'.repeat(32) },
          ...{ seed_hash: 'cd'.repeat(32) },
        }),
      ) as object;
      answer('get_block_template', JSON.stringify({ result: { ...good, ...changed } }));
      mine();
      expect((await next('unminableJob')).error.code).toBe('oldBlockVersion');
    },
  );
});

describe('something else in the place of a node', () => {
  it.each([
    ['a web page', '<html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number for an error', '{"error":5}'],
    ['a template without a blob', '{"result":{"height":1}}'],
  ])('answers %s: is tried again', async (_, raw) => {
    node.answer = () => raw;
    mine();
    const { error } = await next('disconnected');
    expect(error.message).toMatch(/RPC port|JSON/);
  });

  it('answers without end: is given up at the limit', async () => {
    node.answer = (_, response) => {
      const chunk = 'x'.repeat(1 << 20);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return null;
    };
    mine();
    expect((await next('disconnected')).error.code).toBe('tooLong');
  });

  it('drips its answer for ever: is given up after 20 s', { timeout: 180_000 }, async () => {
    node.answer = (_, response) => {
      const timer = setInterval(() => response.write(' '), 500);
      response.on('close', () => clearInterval(timer));
      return null;
    };
    mine();
    await vi.waitFor(
      () => expect(events.find(({ type }) => type === 'disconnected')).toBeDefined(),
      { timeout: 120_000, interval: 100 },
    );
    expect((await next('disconnected')).error.code).toBe('timeout');
  });

  it('hangs up in the middle: is tried again', async () => {
    node.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"result"');
      setTimeout(() => response.socket?.destroy(), 20);
      return null;
    };
    mine();
    expect((await next('disconnected')).error.code).toBe('connection');
  });

  it('answers anything: nothing is thrown, and no broken job comes out', async () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('0x2', '0x0', 'ab'.repeat(32), '10'.repeat(76), '', 100, -1, true),
    );
    const result = fc.dictionary(
      fc.constantFrom(
        ...['nettype', 'synchronized', 'height', 'target_height', 'blocktemplate_blob'],
        ...['blockhashing_blob', 'wide_difficulty', 'prev_hash', 'seed_hash', 'status', 'hash'],
      ),
      member,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('get_info', 'get_block_template', '/get_height'),
        fc.oneof(
          fc.record({ result, error: fc.jsonValue() }, { requiredKeys: [] }),
          fc.jsonValue(),
        ),
        async (method, value) => {
          answer(method, JSON.stringify(value));
          const clock = mine();
          await vi.waitFor(() => expect(events.length).toBeGreaterThan(1), WAIT);
          clock.advance(1000);
          await new Promise((resolve) => setTimeout(resolve, 5));
          source?.stop();
          for (const event of events) {
            if (event.type !== 'job') continue;
            expect(event.job.target).toBeGreaterThan(0n);
            expect(event.job.seedHash).toHaveLength(32);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a block that was found', () => {
  it('counts when the node took it and then went away', async () => {
    node.answer = ({ method }, response) => {
      if (method !== 'get_block_header_by_hash') return undefined;
      response.socket?.destroy();
      return null;
    };
    mine();
    const { job } = await next('job');
    source?.submit(solution(job, 1));
    await next('accepted');
  });

  it('does not when another one of its height came first', async () => {
    answer(
      'get_block_header_by_hash',
      JSON.stringify({ result: { block_header: { orphan_status: true } } }),
    );
    mine();
    source?.submit(solution((await next('job')).job, 1));
    expect((await next('stale')).error.code).toBe('orphaned');
  });
});

describe('a node behind TLS', () => {
  const certificate = selfSigned('node', 'IP:127.0.0.1');
  let secure: ScriptedNode;
  beforeEach(async () => {
    secure = await ScriptedNode.start(certificate);
  });
  afterEach(() => secure.stop());

  it('is mined on, and its certificate told', async () => {
    mine({ port: secure.port, tls: true });
    expect((await next('connected')).tlsFingerprint).toBe(certificate.fingerprint);
    await next('job');
  });

  it('with another certificate than the pinned one is refused before anything is asked', async () => {
    mine({ port: secure.port, tls: true, tlsFingerprint: 'ab'.repeat(32) });
    expect((await next('failed')).error.message).toContain(certificate.fingerprint);
    expect(secure.asked).toEqual([]);
  });

  it('is told apart from one without', async () => {
    mine({ tls: true });
    expect((await next('disconnected')).error.message).toContain('does not speak TLS');
  });

  it('asked in plain text is told, whatever it answers', async () => {
    mine({ port: secure.port });
    expect((await next('disconnected')).error.message).toMatch(
      /does not speak HTTP|closed the connection/,
    );
  });
});

it('what a ZMQ port sends is frames or an error, whatever it is and however it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 20 }), (chunks) => {
      const greeting = Buffer.alloc(64);
      greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3]);
      greeting.write('NULL', 12);
      for (const first of [Buffer.alloc(0), greeting]) {
        const reader = new ZmtpReader();
        try {
          reader.push(first);
          for (const chunk of chunks) {
            for (const message of reader.push(Buffer.from(chunk))) {
              expect(message.length).toBeLessThanOrEqual(64 * 1024);
            }
          }
        } catch (error) {
          expect(String(error)).toMatch(/no ZMQ publisher|too long/);
        }
      }
    }),
  );
});
