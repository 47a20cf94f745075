/**
 * `npm test [-- STAGE… [FILTER…]]`: everything a change must pass, stage after stage, ending at the first red one. Words
 * that name no stage go to the stages' runners (a file name, say). `--long` runs the long campaigns instead.
 */
import { setUp } from './set-up.mjs';
import { main, say } from './support/say.mjs';
import { longStages, stages } from './test-stages.mjs';

const LIMIT_MINUTES = 80;

await main(async () => {
  const words = process.argv.slice(2).filter((word) => word !== '--long');
  const long = process.argv.includes('--long');
  const all = long ? longStages : stages;
  const named = all.filter(({ name }) => words.includes(name));
  const chosen = named.length > 0 ? named : all;
  const filters = words.filter((word) => !all.some(({ name }) => name === word));

  if (!long) limitTime();
  await setUp(chosen.flatMap(({ needs }) => needs));
  let passed = 0;
  let failed = 0;
  for (const stage of chosen) {
    say(`test stage: ${stage.name}`);
    const started = Date.now();
    const result = await stage.run(filters);
    passed += result.passed;
    failed += result.failed;
    say(`${stage.name}: ${Math.round((Date.now() - started) / 1000)} s`);
    if (!result.green) {
      failed = Math.max(failed, 1);
      say(`${stage.name} is red; run it alone with: npm test -- ${stage.name}`);
      break;
    }
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});

/** A suite that hangs must not hang whoever waits for it; the running stage is ended as by Ctrl+C. */
function limitTime() {
  const timer = setTimeout(
    () => {
      say(`the tests took longer than ${LIMIT_MINUTES} minutes and were ended`);
      process.exitCode = 1;
      process.kill(process.pid, 'SIGTERM');
    },
    LIMIT_MINUTES * 60 * 1000,
  );
  timer.unref();
}
