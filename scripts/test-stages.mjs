import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { buildDesktop } from './build-desktop.mjs';
import { electronNeeds, electronRuntime } from './electron-runtime.mjs';
import { run } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { withVirtualDisplay } from './support/virtualDisplay.mjs';
import { canInstallPackages, systemPackagesMissing } from './system-packages.mjs';

/** Tests that wait for others, for two fifths of their time: a worker more than there are cores. */
const oneMore = '--maxWorkers=3';
const desktopNeeds = ['test', 'desktopTest', ...electronNeeds()];

/**
 * A stage: its name, the groups of system packages it needs, and `run(filters)`, which answers whether it was green and
 * how many tests passed and failed. `foreign`: it is for x86-64 Linux only (it builds for another machine, say), and is left
 * out, loudly, where its tools cannot be had. `asRoot`: only root can run it. `computes`: it waits for hardly anything, so
 * that it can run beside stages that do, `run(filters, { beside: true })`.
 */
export const stages = [
  { name: 'lint', needs: ['test'], run: lint },
  {
    name: 'native',
    needs: ['build', 'test'],
    run: native('dev', { without: 'fast|sanitized' }),
  },
  {
    name: 'unit',
    needs: ['build', 'test'],
    run: vitest('node', '--project=node-together', oneMore),
  },
  { name: 'renderer', needs: ['desktopTest'], run: vitest('renderer', oneMore) },
  { name: 'terminal', needs: ['test'], run: vitest('terminal') },
  { name: 'desktop', needs: desktopNeeds, run: desktop('quick') },
];

/** What `npm run test:all` runs after those. */
export const slowStages = [
  {
    name: 'native-slow',
    needs: ['build', 'test'],
    run: native('dev', { with: 'fast', without: 'sanitized' }),
  },
  {
    name: 'asan',
    computes: true,
    needs: ['build', 'test'],
    run: native('asan', { without: 'fast', programs: 400 }),
  },
  {
    name: 'tsan',
    computes: true,
    needs: ['build', 'test'],
    // What the system refuses is tried under AddressSanitizer; under this one its hundreds of runs take too long.
    run: native('tsan', { only: '^miner/(event|key|miner|next|nonce|random|share)' }),
  },
  {
    name: 'oldest',
    foreign: true,
    computes: true,
    needs: ['build', 'emulator'],
    // Whole hashes are left out: QEMU 7.2 reads 16 bytes where CVTDQ2PD reads 8, past a scratchpad's end.
    run: native('oldest-x64', {
      only: '^(cryptonight|dataset/cache|jit|primitives|vm/instr)',
      programs: 100,
    }),
  },
  {
    name: 'windows',
    foreign: true,
    computes: true,
    needs: ['build', 'windows'],
    // Left out is what knows nothing of the system and is not made for a processor.
    run: native('windows-x64', {
      only: '^(abi/contract|argon2|cpu|cryptonight|dataset/cache|hash/hash_test|jit|memory|miner/(miner|shares)|primitives|vm)',
      programs: 400,
    }),
  },
  {
    name: 'arm64',
    foreign: true,
    computes: true,
    needs: ['build', 'emulator', 'arm64'],
    run: native('arm64', {
      only: '^(cryptonight|dataset/cache|hash/hash_test|jit|memory|miner/shares|primitives|vm)',
      programs: 100,
    }),
  },
  {
    name: 'renderer-slow',
    computes: true,
    needs: ['desktopTest'],
    run: vitest('renderer-slow'),
  },
  { name: 'terminal-slow', needs: ['test'], run: vitest('terminal-slow') },
  { name: 'desktop-slow', needs: desktopNeeds, run: desktop('slow') },
  {
    name: 'package',
    foreign: true,
    asRoot: true,
    needs: ['build', 'package', 'windows', 'emulator', 'arm64', ...desktopNeeds],
    run: packages,
  },
  // Last, when those that compute are through: it hashes for most of its time.
  { name: 'unit-slow', needs: ['build', 'test', 'desktopTest'], run: vitest('node-slow') },
];

/** What `npm run test:long` runs: the engine's tests in full, and campaigns that take hours. */
export const longStages = [
  { name: 'asan-long', needs: ['build', 'test'], run: native('asan') },
  { name: 'tsan-long', needs: ['build', 'test'], run: native('tsan') },
  { name: 'fuzz', needs: ['build', 'test'], run: native('dev', { only: '^jit/', programs: 1e7 }) },
  {
    name: 'renderer-long',
    needs: ['desktopTest'],
    run: (filters) =>
      vitest('renderer-slow')(filters, { env: { ...process.env, IBCT_EVERY_WAY: '1' } }),
  },
  { name: 'long', needs: ['test'], run: vitest('long', '--passWithNoTests') },
];

/** Why a stage cannot be run on this machine; null when it can. */
export function obstacle({ foreign, asRoot, needs }) {
  if (!foreign) return null;
  if (asRoot && process.getuid?.() !== 0) return 'it needs root, to make a fresh Debian system';
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it needs x86-64 Linux';
  const missing = canInstallPackages() ? [] : systemPackagesMissing(needs);
  return missing.length === 0 ? null : `these cannot be had here: ${missing.join(', ')}`;
}

async function lint() {
  const code = await run(node24, [path('scripts/lint.mjs')], { cwd: root });
  return { green: code === 0, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/**
 * The engine and its tests, built as a preset of native/CMakePresets.json says: warnings are errors in all of them. `only`:
 * a pattern of tests; `with`, `without`: one of labels; `programs`: how many random ones the fuzz test runs. `beside`:
 * see `computes` above.
 */
function native(preset, { only, with: labels, without, programs } = {}) {
  return (filters, { beside = false } = {}) =>
    beside ? saidAtTheEnd(preset, (how) => test(filters, how)) : test(filters, {});

  async function test(filters, how) {
    const red = { green: false, passed: 0, failed: 1 };
    const folder = path('native/build', preset);
    // Only what is run is built, but for whoever names tests.
    const built = filters.length > 0 ? '' : (only ?? '');
    const configure = [
      '--preset',
      preset,
      `-DIBCT_ONLY=${built}`,
      `-DIBCT_WITHOUT=${without ?? ''}`,
    ];
    if ((await run('cmake', configure, { ...how, cwd: path('native') })) !== 0) return red;
    const jobs = String(availableParallelism());
    if ((await run('cmake', ['--build', folder, '--parallel', jobs], how)) !== 0) return red;
    const report = reportFile(`native-${preset}.xml`);
    const chosen = (filters.length > 0 ? filters : [only ?? '.']).flatMap((name) => ['-R', name]);
    const labelled = labels === undefined ? [] : ['-L', labels];
    const left = without === undefined ? [] : ['-LE', without];
    const code = await run(
      'ctest',
      [
        ...['--test-dir', folder, '--output-on-failure', '--no-tests=error'],
        ...['--parallel', jobs, '--output-junit', report, ...chosen, ...labelled, ...left],
      ],
      {
        ownSession: true,
        ...how,
        env: { ...process.env, ...(programs && { IBCT_FUZZ_PROGRAMS: String(programs) }) },
      },
    );
    const counts = /tests="(\d+)"\s+failures="(\d+)"/.exec(readReport(report) ?? '');
    if (counts === null) return red;
    const failed = Number(counts[2]);
    return { green: code === 0, passed: Number(counts[1]) - failed, failed };
  }
}

/** `work` is given how its programs are run: yielding to those beside them, and saying in a file what is printed at the end. */
async function saidAtTheEnd(name, work) {
  const file = reportFile(`${name}.txt`);
  const output = openSync(file, 'a');
  try {
    return await work({ ownSession: true, yields: true, stdio: ['ignore', output, output] });
  } finally {
    closeSync(output);
    process.stdout.write(readFileSync(file));
  }
}

function vitest(project, ...options) {
  return (filters, { env = process.env, beside = false } = {}) =>
    beside ? saidAtTheEnd(project, (how) => test(filters, env, how)) : test(filters, env, {});

  async function test(filters, env, how) {
    const report = reportFile(`${project}.json`);
    const code = await run(
      node24,
      [
        ...[tools.vitest, 'run', `--project=${project}`],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ...options,
        ...filters,
      ],
      { cwd: root, env, ownSession: true, ...how },
    );
    const counts = JSON.parse(readReport(report) ?? '{}');
    return {
      green: code === 0,
      passed: counts.numPassedTests ?? 0,
      failed: counts.numFailedTests ?? 0,
    };
  }
}

/** The built app in a real Electron on a virtual display; `project`: of playwright.config.ts. */
function desktop(project) {
  return async (filters) => {
    const electron = await electronRuntime();
    await buildDesktop();
    const report = reportFile('desktop.json');
    const code = await withVirtualDisplay((display) =>
      run(
        node24,
        [tools.playwright, 'test', `--project=${project}`, '--pass-with-no-tests', ...filters],
        {
          cwd: root,
          ownSession: true,
          env: { ...process.env, DISPLAY: display, IBCTMINER_ELECTRON: electron },
        },
      ),
    );
    const { stats } = JSON.parse(readReport(report) ?? '{}');
    return {
      green: code === 0,
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    };
  };
}

/** What users install, on a fresh Debian system with a virtual display. */
async function packages(filters) {
  await electronRuntime();
  return withVirtualDisplay((display) =>
    vitest('package')(filters, { env: { ...process.env, DISPLAY: display } }),
  );
}

/** Where a runner writes its counts; what an earlier run left is removed. */
function reportFile(name) {
  mkdirSync(path('test-artefacts/reports'), { recursive: true });
  const file = path('test-artefacts/reports', name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
