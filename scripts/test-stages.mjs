import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { buildDesktop } from './build-desktop.mjs';
import { electronNeeds, electronRuntime } from './electron-runtime.mjs';
import { run } from './support/children.mjs';
import { node24, path, root, tools } from './support/paths.mjs';
import { withVirtualDisplay } from './support/virtualDisplay.mjs';

/**
 * A stage: its name, the groups of system packages it needs, and `run(filters)`, which answers whether it was green and
 * how many tests passed and failed.
 */
export const stages = [
  { name: 'lint', needs: ['test'], run: lint },
  { name: 'native', needs: ['build', 'test'], run: native('dev') },
  {
    name: 'asan',
    needs: ['build', 'test'],
    run: native('asan', { without: 'long', programs: 400 }),
  },
  { name: 'tsan', needs: ['build', 'test'], run: native('tsan', { only: '^miner/' }) },
  ...crossStages(),
  { name: 'unit', needs: ['build', 'test'], run: vitest('node') },
  { name: 'renderer', needs: ['desktopTest'], run: vitest('renderer') },
  { name: 'terminal', needs: ['test'], run: vitest('terminal') },
  { name: 'desktop', needs: ['test', 'desktopTest', ...electronNeeds()], run: desktop },
];

/** Run by `npm run test:long`: the engine's tests in full, and campaigns that take hours. */
export const longStages = [
  { name: 'asan-long', needs: ['build', 'test'], run: native('asan') },
  { name: 'tsan-long', needs: ['build', 'test'], run: native('tsan') },
  { name: 'fuzz', needs: ['build', 'test'], run: native('dev', { only: '^jit/', programs: 1e6 }) },
  { name: 'long', needs: ['test'], run: vitest('long', '--passWithNoTests') },
];

/** The engine for other machines, built here and run under QEMU and Wine: where both are to be had. */
function crossStages() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const parallel = availableParallelism();
  const chosen = { without: 'long|fast', parallel };
  // Whole hashes are left out: QEMU 7.2 reads 16 bytes where CVTDQ2PD reads 8, past a scratchpad's end.
  const oldest = {
    only: '^(argon2|cryptonight|dataset/cache|jit|primitives|superscalar|vm/instr)',
    parallel,
  };
  return [
    { name: 'oldest', needs: ['build', 'emulator'], run: native('oldest-x64', oldest) },
    { name: 'windows', needs: ['build', 'windows'], run: native('windows-x64', chosen) },
    { name: 'arm64', needs: ['build', 'emulator', 'arm64'], run: native('linux-arm64', chosen) },
  ];
}

async function lint() {
  const code = await run(node24, [path('scripts/lint.mjs')], { cwd: root });
  return { green: code === 0, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/**
 * The engine and its tests, built as a preset of native/CMakePresets.json says: warnings are errors in all of them. `only`:
 * a pattern of tests; `without`: one of labels; `programs`: how many random ones the fuzz test runs; `parallel`: how many
 * tests at a time.
 */
function native(preset, { only, without, programs, parallel = 1 } = {}) {
  return async (filters) => {
    const red = { green: false, passed: 0, failed: 1 };
    const folder = path('native/build', preset);
    if ((await run('cmake', ['--preset', preset], { cwd: path('native') })) !== 0) return red;
    const jobs = String(availableParallelism());
    if ((await run('cmake', ['--build', folder, '--parallel', jobs])) !== 0) return red;
    const report = reportFile(`native-${preset}.xml`);
    const chosen = (filters.length > 0 ? filters : [only ?? '.']).flatMap((name) => ['-R', name]);
    const left = without === undefined ? [] : ['-LE', without];
    const code = await run(
      'ctest',
      [
        ...['--test-dir', folder, '--output-on-failure', '--no-tests=error'],
        ...['--parallel', String(parallel), '--output-junit', report, ...chosen, ...left],
      ],
      programs === undefined
        ? {}
        : { env: { ...process.env, IBCT_FUZZ_PROGRAMS: String(programs) } },
    );
    const attributes = /tests="(\d+)"\s+failures="(\d+)"/.exec(readReport(report) ?? '');
    const failed = Number(attributes?.[2] ?? 1);
    return { green: code === 0, passed: Number(attributes?.[1] ?? 0) - failed, failed };
  };
}

function vitest(project, ...options) {
  return async (filters) => {
    const report = reportFile(`${project}.json`);
    const code = await run(
      node24,
      [
        ...[tools.vitest, 'run', `--project=${project}`],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ...options,
        ...filters,
      ],
      { cwd: root },
    );
    const counts = JSON.parse(readReport(report) ?? '{}');
    return {
      green: code === 0,
      passed: counts.numPassedTests ?? 0,
      failed: counts.numFailedTests ?? 0,
    };
  };
}

/** The built app in a real Electron on a virtual display (playwright.config.ts). */
async function desktop(filters) {
  const electron = await electronRuntime();
  await buildDesktop();
  const report = reportFile('desktop.json');
  const code = await withVirtualDisplay((display) =>
    run(node24, [tools.playwright, 'test', ...filters], {
      cwd: root,
      env: { ...process.env, DISPLAY: display, IBCTMINER_ELECTRON: electron },
    }),
  );
  const { stats } = JSON.parse(readReport(report) ?? '{}');
  return {
    green: code === 0,
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
  };
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
