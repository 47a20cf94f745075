/** The terminal miner: `npm run -s miner -- …`. Builds the same session as the desktop app, without Electron. */
import { availableParallelism } from 'node:os';
import { helpText } from './flags.ts';
import { HumanOutput } from './humanOutput.ts';
import { JsonOutput } from './jsonOutput.ts';
import { parseCommand } from './options.ts';
import { run } from './run.ts';
import { runTune } from './tune.ts';
import { version } from './version.ts';

const USAGE_EXIT_CODE = 2;

const command = parseCommand(process.argv.slice(2), availableParallelism());
if (!command.ok) {
  process.stderr.write(`${command.error.message}\n`);
  process.exitCode = USAGE_EXIT_CODE;
} else {
  switch (command.value.run) {
    case 'help':
      process.stdout.write(helpText());
      break;
    case 'version':
      process.stdout.write(`${version}\n`);
      break;
    case 'tune':
      process.exitCode = await runTune(command.value.options, process.stdout);
      break;
    case 'mine': {
      const { options } = command.value;
      const Shown = options.json ? JsonOutput : HumanOutput;
      process.exitCode = await run(options, new Shown(process.stdout, Date.now));
    }
  }
}
