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
  { name: 'native', needs: ['build', 'test'], run: native },
  { name: 'unit', needs: ['test'], run: vitest('node') },
  { name: 'renderer', needs: ['desktopTest'], run: vitest('renderer') },
  { name: 'terminal', needs: ['test'], run: vitest('terminal') },
  { name: 'desktop', needs: ['test', 'desktopTest', ...electronNeeds()], run: desktop },
];

export const longStages = [{ name: 'long', needs: ['test'], run: vitest('long') }];

async function lint() {
  const code = await run(node24, [path('scripts/lint.mjs')], { cwd: root });
  return { green: code === 0, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** The engine with its tests, warnings as errors: CMake's preset `dev`. */
async function native(filters) {
  const jobs = String(availableParallelism());
  const red = { green: false, passed: 0, failed: 1 };
  const source = { cwd: path('native') };
  if ((await run('cmake', ['--preset', 'dev'], source)) !== 0) return red;
  const folder = path('native/build/dev');
  if ((await run('cmake', ['--build', folder, '--parallel', jobs])) !== 0) return red;
  const report = reportFile('native.xml');
  const only = filters.flatMap((filter) => ['-R', filter]);
  const code = await run('ctest', [
    '--test-dir',
    folder,
    '--output-on-failure',
    '--no-tests=error',
    '--output-junit',
    report,
    ...only,
  ]);
  const attributes = /tests="(\d+)"\s+failures="(\d+)"/.exec(readReport(report) ?? '');
  const failed = Number(attributes?.[2] ?? 1);
  return { green: code === 0, passed: Number(attributes?.[1] ?? 0) - failed, failed };
}

function vitest(project) {
  return async (filters) => {
    const report = reportFile(`${project}.json`);
    const code = await run(
      node24,
      [
        ...[tools.vitest, 'run', `--project=${project}`],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
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
