/**
 * Races engines on this machine in one run: ours, Debian's librandomx0 and, when given, an XMRig
 * binary.
 *
 *   npm run -s compare -- [--xmrig FILE] [--algo rx/0|rx/2] [--mode fast|light] [--threads N]
 *                         [--pages 2m|4k]
 *                         [--lanes N[,N…]] [--rounding auto|control|embedded] [--prefetch auto|t0|nta|none]
 *                         [--rounds N] [--slices N] [--seconds S]
 *
 * All stay resident with the same key, blob, pages and pinning; slices are interleaved (A B C A B C
 * …), so that whatever else the machine does falls on all alike. Only the ratios of medians mean
 * something; the middle of the rounds' ratios is told at the end. A round begins with new processes
 * and new memory. With several `--lanes` ours races once with each. Nothing leaves this machine.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash, Miner } from 'randomx-native-prebuilt';
import { figuresOfLap, ratiosOf, type Lap } from './compare/figures.ts';
import { parseRace, type Race } from './compare/race.ts';

interface Engine {
  readonly name: string;
  readonly isOurs: boolean;
  readonly datasetSeconds: number | null;
  /** Hashes for about `seconds` and leaves the machine idle again. */
  slice(seconds: number): Promise<{ hashesPerSecond: number }>;
  end(): Promise<void>;
}

const race = raceAskedFor();
const { algorithm, mode, threads, pages } = race;
const cpus = Array.from({ length: threads }, (_, cpu) => cpu);
const key = new Uint8Array(32);
const blob = new Uint8Array(76);

const here = import.meta.dirname;
const scratch = mkdtempSync(join(tmpdir(), 'ibctminer-compare-'));

async function ours(lanes: number): Promise<Engine> {
  const miner = Miner.create({
    cpus,
    mode,
    pages,
    interleave: lanes,
    rounding: race.rounding,
    prefetch: race.prefetch,
    // As the rivals: none of them yields to other programs.
    priority: 'normal',
  });
  // No hash is below 1: nothing is ever a share, every hash is counted.
  miner.setJob({ algorithm, blob, nonceOffset: 39, reservedNonceBytes: 0, target: 1n, key });
  for (let now = miner.poll(); now.snapshot.state !== mode; now = miner.poll()) {
    for (const event of now.events)
      if (event.type === 'error') throw new Error(event.error.message);
    await sleep(20);
  }
  const { seconds: took } = miner.poll().snapshot;
  const datasetSeconds = mode === 'fast' ? took.cache + took.dataset : null;
  miner.pause();
  const count = () => miner.poll().snapshot.hashesByThread.reduce((sum, n) => sum + n, 0);
  return {
    name: `ours (${String(miner.poll().snapshot.interleave)} lanes)`,
    isOurs: true,
    datasetSeconds,
    async slice(sliceSeconds) {
      miner.resume();
      await sleep(300);
      const [hashes, from] = [count(), performance.now()];
      await sleep(sliceSeconds * 1000);
      const result = { hashesPerSecond: ((count() - hashes) * 1000) / (performance.now() - from) };
      miner.pause();
      return result;
    },
    end: () => miner.stop(),
  };
}

async function reference(): Promise<Engine> {
  const program = join(scratch, 'reference');
  const built = spawnSync(
    'c++',
    ['-O2', '-std=c++17', join(here, 'reference.cpp'), '-o', program, '-lrandomx', '-lpthread'],
    { stdio: 'inherit' },
  );
  if (built.status !== 0) throw new Error('install librandomx-dev to race against the reference');
  const child = spawn(program, [String(threads), pages === '2m' ? '1' : '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ready = await lines.next();
  const [, datasetSeconds, firstHash] = String(ready.value).split(' ');
  const { result } = await hash({ algorithm: 'rx/0', key, input: blob });
  if (firstHash !== Buffer.from(result).toString('hex')) throw new Error('the hashes differ');
  return {
    name: 'librandomx0',
    isOurs: false,
    datasetSeconds: Number(datasetSeconds),
    async slice(sliceSeconds) {
      child.stdin.write(`${String(sliceSeconds)}\n`);
      const [hashes, took] = String((await lines.next()).value)
        .split(' ')
        .map(Number);
      return { hashesPerSecond: (hashes ?? 0) / (took ?? Infinity) };
    },
    async end() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/**
 * XMRig mines one job of a private pool on loopback; it is stopped (SIGSTOP) while the others run.
 */
async function xmrig(program: string): Promise<Engine> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const pool = createServer((socket) => {
    createInterface(socket).on('line', (line) => {
      const request = JSON.parse(line) as {
        id: number;
        method: string;
      };
      const job = {
        blob: hex(blob),
        job_id: '1',
        target: '01000000',
        algo: algorithm,
        seed_hash: hex(key),
        height: 1,
      };
      const result = request.method === 'login' ? { id: '1', job, status: 'OK' } : { status: 'OK' };
      socket.write(`${JSON.stringify({ id: request.id, jsonrpc: '2.0', error: null, result })}\n`);
    });
    socket.on('error', () => socket.destroy());
  });
  pool.listen(0, '127.0.0.1');
  await once(pool, 'listening');
  const { port } = pool.address() as AddressInfo;
  const child: ChildProcess = spawn(
    program,
    [
      ...['-o', `127.0.0.1:${String(port)}`, '-u', 'x', '--algo', algorithm, '--no-color'],
      ...['-t', String(threads), '--donate-level', '0', '--print-time', '1', '--cpu-priority', '0'],
      ...(pages === '2m' ? [] : ['--no-huge-pages']),
      // As root it would set the processor's registers for all that is measured later, too.
      ...['--randomx-wrmsr=-1', `--randomx-mode=${mode}`, `--cpu-affinity=${affinityMask(cpus)}`],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: scratch },
  );
  let speed10s: number | null = null;
  let datasetSeconds: number | null = null;
  const ready = new Promise<void>((resolve, reject) => {
    if (child.stdout === null) return;
    child.once('exit', () => reject(new Error('XMRig ended')));
    createInterface(child.stdout).on('line', (line) => {
      if (mode === 'fast' && line.includes('switching to slow mode'))
        reject(new Error('XMRig had no memory for fast mode'));
      const huge = /huge pages (\d+)%/.exec(line);
      if (pages === '2m' && huge !== null && huge[1] !== '100')
        reject(new Error(`XMRig got ${huge[1] ?? '0'} % of its huge pages: reserve more`));
      const built = /dataset ready \((\d+) ms\)/.exec(line);
      if (built?.[1] !== undefined) {
        // Its mask is one of the whole process: on fewer CPUs than there are it builds on these alone.
        if (threads === availableParallelism()) datasetSeconds = Number(built[1]) / 1000;
        resolve();
      }
      const speed = /speed 10s\/60s\/15m ([\d.]+)/.exec(line);
      if (speed?.[1] !== undefined) {
        speed10s = Number(speed[1]);
        if (mode === 'light') resolve(); // it says nothing before
      }
    });
  });
  await ready;
  child.kill('SIGSTOP');
  return {
    name: 'XMRig',
    isOurs: false,
    datasetSeconds,
    async slice() {
      // Its figure is the average of the last ten seconds, so its slice is as long as that takes to
      // be clean.
      child.kill('SIGCONT');
      await sleep(12_500);
      const result = { hashesPerSecond: speed10s ?? NaN };
      child.kill('SIGSTOP');
      return result;
    },
    async end() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      pool.close();
    },
  };
}

/** As XMRig is told which logical CPUs its threads may have: a bit for each. */
function affinityMask(numbers: readonly number[]): string {
  return `0x${numbers.reduce((mask, cpu) => mask | (1n << BigInt(cpu)), 0n).toString(16)}`;
}

function raceAskedFor(): Race {
  try {
    return parseRace(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** All engines once, from nothing: slices in turn. */
async function runRound(): Promise<Lap[]> {
  const engines: Engine[] = [];
  try {
    for (const lanes of race.lanes) engines.push(await ours(lanes));
    if (algorithm === 'rx/0' && mode === 'fast') engines.push(await reference());
    if (race.xmrig !== undefined) engines.push(await xmrig(race.xmrig));
    const speeds = engines.map((): number[] => []);
    for (let slice = 0; slice < race.slices; slice += 1) {
      for (const [i, engine] of engines.entries()) {
        const { hashesPerSecond } = await engine.slice(race.seconds);
        speeds[i]?.push(hashesPerSecond);
        process.stderr.write(`${engine.name}: ${hashesPerSecond.toFixed(1)} H/s\n`);
      }
    }
    return engines.map(({ name, isOurs, datasetSeconds }, i) => ({
      engine: name,
      isOurs,
      datasetSeconds,
      speeds: speeds[i] ?? [],
    }));
  } finally {
    for (const engine of engines) await engine.end();
  }
}

try {
  const rounds: Lap[][] = [];
  for (let round = 0; round < race.rounds; round += 1) {
    const laps = await runRound();
    for (const lap of laps) console.log(JSON.stringify(figuresOfLap(race, lap)));
    rounds.push(laps);
  }
  for (const ratios of ratiosOf(race, rounds)) console.log(JSON.stringify(ratios));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
