/**
 * `npm test [-- STAGE… [FILTER…]]`: what every change must pass, stage after stage, ending at the first red one. `--all`:
 * the slow stages too, of which those that mostly wait run beside those that compute; `--rest`: those alone; `--long`: the
 * long campaigns instead. Words that name no stage go to the stages' runners (a file name, say).
 */
import { setUp } from './set-up.mjs';
import { inOnePiece } from './support/children.mjs';
import { main, say } from './support/say.mjs';
import { longStages, obstacle, slowStages, stages } from './test-stages.mjs';

const LIMIT_MINUTES = 80;
const sets = {
  '--all': [...stages, ...slowStages],
  '--rest': slowStages,
  '--long': longStages,
};

await main(async () => {
  const words = process.argv.slice(2);
  const known = [...stages, ...slowStages, ...longStages];
  const named = known.filter(({ name }) => words.includes(name));
  const option = words.find((word) => word in sets);
  const chosen = named.length > 0 ? named : (sets[option] ?? stages);
  const filters = words.filter(
    (word) => !(word in sets) && !known.some(({ name }) => name === word),
  );
  if (!chosen.some((stage) => longStages.includes(stage))) limitTime();

  const rows = [];
  const runnable = chosen.filter((stage) => {
    const why = obstacle(stage);
    if (why !== null) rows.push([stage.name, `NOT RUN: ${why}`]);
    return why === null;
  });
  for (const row of rows) say(row.join(' is '));

  const timed = async (name, work) => {
    const started = Date.now();
    const result = await work();
    rows.push([name, `${Math.round((Date.now() - started) / 1000)} s`]);
    return result;
  };
  await timed('set-up', () => setUp(runnable.flatMap(({ needs }) => needs)));
  let passed = 0;
  let failed = 0;
  const runInTurn = async (queue, runStage) => {
    for (const stage of queue) {
      if (failed > 0) return;
      const result = await timed(stage.name, () => runStage(stage));
      passed += result.passed;
      failed += result.green ? result.failed : Math.max(result.failed, 1);
      if (!result.green) say(`${stage.name} is red; run it alone with: npm test -- ${stage.name}`);
    }
  };
  const runAloud = (stage) => {
    say(`test stage: ${stage.name}`);
    return stage.run(filters);
  };
  const runApart = (stage) =>
    inOnePiece(
      () => stage.run(filters),
      (output) => {
        say(`test stage: ${stage.name}, run beside others`);
        process.stdout.write(output);
      },
    );
  const quick = runnable.filter((stage) => stages.includes(stage));
  const slow = runnable.filter((stage) => !stages.includes(stage));
  const computing = slow.filter(({ waits }) => !waits);
  const waiting = slow.filter(({ waits }) => waits);
  await runInTurn(quick, runAloud);
  await Promise.all([
    runInTurn(computing, runAloud),
    runInTurn(waiting, computing.length > 0 ? runApart : runAloud),
  ]);
  for (const [name, outcome] of rows) process.stdout.write(`${name.padEnd(16)}${outcome}\n`);
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
