import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobPush, loginAnswer, rxJob } from '../../../support/stratum/exchange.ts';
import { poolForEachTest, startMiner } from '../../../support/stratum/miner.ts';
import { said } from '../../../support/said.ts';

const each = poolForEachTest();

async function loggedIn() {
  const miner = startMiner(each.pool.port);
  const connection = await each.pool.loggedIn(loginAnswer());
  await miner.events.next('job');
  return { ...miner, connection };
}

const push = JSON.stringify(jobPush(rxJob({ job_id: 'next' })));

describe('lines', () => {
  it.each([
    ['with blank lines between', `\n\n\r\n${push}\n\n`],
    ['with CRLF', `${push}\r\n`],
    ['with spaces around', `  ${push}\t \n`],
    [
      'with members in another order',
      `{"params":${JSON.stringify(rxJob({ job_id: 'next' }))},"method":"job"}\n`,
    ],
    ['merged into one packet', `${'{"id":99,"result":{}}\n'.repeat(20)}${push}\n`],
    ['two on a line', `${JSON.stringify({ id: 99, result: {} })}${push}\n`],
    ['after unknown methods', '{"method":"mining.notify","params":[]}\n'.repeat(50) + `${push}\n`],
    ['after a little junk', `junk\n[]\n\0\u0001\n"x"\n${push}\n`],
  ])('%s are read', async (_, text) => {
    const { connection, events } = await loggedIn();
    connection.raw(text);
    expect((await events.next('job')).job.jobId).toBe('next');
    expect(events.of('disconnected')).toEqual([]);
  });

  it('byte by byte are read', async () => {
    const { connection, events } = await loggedIn();
    connection.socket.setNoDelay(true);
    for (const byte of Buffer.from(`${push}\n`)) {
      connection.raw(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await events.next('job')).job.jobId).toBe('next');
  });

  it.each([
    ['malformed JSON', '{"id":1,\n'.repeat(5)],
    ['binary junk', '\u0001\u0002\ufffd\n'.repeat(5)],
    ['NUL', '\0\n'.repeat(5)],
    ['top-level arrays', '[]\n'.repeat(5)],
    ['objects that say nothing', '{}\n'.repeat(5)],
  ])('of %s end the connection after five', async (_, text) => {
    const { connection, events } = await loggedIn();
    connection.raw(text);
    expect((await events.next('disconnected')).error.code).toBe('notStratum');
    await connection.closed();
  });

  it.each([70_000, 200_000])('of %i bytes end the connection', async (length) => {
    const { connection, events } = await loggedIn();
    connection.raw(`"${'x'.repeat(length)}"\n${push}\n`);
    expect((await events.next('disconnected')).error.code).toBe('lineTooLong');
  });

  it('without end end it long before 20 MB', async () => {
    const { connection, events } = await loggedIn();
    let sent = 0;
    while (connection.socket.writable && sent < 20_000_000) {
      connection.raw('x'.repeat(50_000));
      sent += 50_000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await events.next('disconnected')).error.code).toBe('lineTooLong');
    await connection.closed();
  });

  it('at a rate that no pool needs end the connection', async () => {
    const { connection, events } = await loggedIn();
    const line = `{"method":"mining.notify","params":"${'x'.repeat(60_000)}"}\n`;
    for (let count = 0; count < 200 && connection.socket.writable; count += 1) {
      connection.raw(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await events.next('disconnected')).error.code).toBe('tooMuchData');
    await connection.closed();
  });

  it('of a web server are recognised', async () => {
    const { events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    connection.raw('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
    const { error, retryInMs } = await events.next('disconnected');
    expect(said(error)).toContain('web server');
    expect(retryInMs).toBe(60_000);
  });

  it('of any bytes leave the client standing', async () => {
    const bytes = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((text) => Buffer.from(`${text}\n`)),
        fc
          .constantFrom(push, JSON.stringify(loginAnswer()))
          .map((text) => Buffer.from(`${text}\n`)),
      ),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (chunks, afterLogin) => {
        const { client, clock, events } = startMiner(each.pool.port);
        const connection = await each.pool.connection();
        if (afterLogin) connection.send(loginAnswer());
        for (const chunk of chunks) connection.raw(chunk);
        connection.socket.end();
        await connection.closed();
        const last = events.all.at(-1)?.type;
        if (last !== 'failed' && last !== 'disconnected') await events.next('disconnected');
        client.stop();
        expect(clock.waiting).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a connection that ends', () => {
  it.each([
    ['at once', undefined],
    ['in the middle of a line', push.slice(0, 100)],
  ])('%s is told and tried again', async (_, text) => {
    const { clock, events } = startMiner(each.pool.port);
    const connection = await each.pool.connection();
    if (text) connection.raw(text);
    connection.socket.end();
    const { error, retryInMs } = await events.next('disconnected');
    expect(error.code).toBe(text ? 'closed' : 'closedAtOnceTlsPerhaps');
    clock.advance(retryInMs);
    await each.pool.connection();
  });

  it.each(['end', 'destroy', 'resetAndDestroy'] as const)(
    'while mining, by %s, is told and tried again',
    async (how) => {
      const { clock, connection, events } = await loggedIn();
      connection.socket[how]();
      const { error, retryInMs } = await events.next('disconnected');
      expect(error.code).toBe(how === 'resetAndDestroy' ? 'connectionBroken' : 'closed');
      clock.advance(retryInMs);
      await each.pool.loggedIn(loginAnswer());
      await events.next('job');
    },
  );

  it('by client.reconnect to another host does not: the login stays here', async () => {
    const { connection, events } = await loggedIn();
    for (const params of [['evil.example.com', '3333'], ['127.0.0.1', 3333], [], null, 'x']) {
      connection.send({ id: null, method: 'client.reconnect', params });
    }
    connection.send(push);
    await events.next('job');
    expect(events.of('disconnected')).toEqual([]);
    expect(each.pool.connectionCount).toBe(1);
  });
});
