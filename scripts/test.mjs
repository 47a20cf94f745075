/**
 * `npm test [-- STAGE… [FILTER…]]`: what every change must pass, stage after stage, ending at the first red one. `--all`:
 * the slow stages too, of which those that only compute run beside the others, in what these leave of the processors;
 * `--rest`: those alone; `--long`: the long campaigns instead. Words that name no stage go to the stages' runners (a file
 * name, say).
 */
import { setUp } from './set-up.mjs';
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
  const startedAt = Date.now();
  // What set-up compiles is then what the stages would compile again.
  process.env.IBCT_WERROR = 'ON';
  const needsOf = (some) => some.flatMap(({ needs }) => needs);
  const early = needsOf(runnable.slice(0, 2));
  await timed('set-up', () => setUp(early));
  // Unpacking Debian's packages is one processor's work: the first stages begin meanwhile.
  const whole = timed('and of the rest', () => setUp(needsOf(runnable)));
  whole.catch(() => undefined); // who needs it is told
  let passed = 0;
  let failed = 0;
  const oneAfterAnother = async (some, beside) => {
    for (const stage of some) {
      if (!stage.needs.every((need) => early.includes(need))) await whole;
      if (failed > 0) return;
      say(`test stage: ${stage.name}${beside ? ' (beside the others)' : ''}`);
      const result = await timed(stage.name, () => stage.run(filters, { beside }));
      passed += result.passed;
      failed += result.green ? result.failed : Math.max(result.failed, 1);
      if (!result.green) say(`${stage.name} is red; run it alone with: npm test -- ${stage.name}`);
    }
  };
  const computing = runnable.filter(({ computes }) => computes === true);
  const others = runnable.filter(({ computes }) => computes !== true);
  const both = computing.length > 0 && others.length > 0;
  const inOrder = (some, beside) =>
    oneAfterAnother(some, beside).catch((error) => {
      failed += 1; // those beside it end with the stage that they are at
      throw error;
    });
  await Promise.all([inOrder(others, false), inOrder(computing, both)]);
  await Promise.allSettled([whole]);
  rows.push(['altogether', `${Math.round((Date.now() - startedAt) / 1000)} s`]);
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
