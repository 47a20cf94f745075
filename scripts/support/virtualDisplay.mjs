import { spawn } from 'node:child_process';
import { SetUpError } from './say.mjs';

/** Runs `work(display)` on a virtual X display of its own, which ends with it. */
export async function withVirtualDisplay(work) {
  const server = spawn(
    'Xvfb',
    // No access control: the desktop tests run the app as another, unprivileged user.
    ['-displayfd', '3', '-ac', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  try {
    return await work(`:${await displayNumber(server)}`);
  } finally {
    server.kill();
  }
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new SetUpError('Xvfb, the virtual display, did not start.'));
    server.on('error', failed);
    server.on('exit', failed);
    server.stdio[3].once('data', (text) => resolve(String(text).trim()));
  });
}
