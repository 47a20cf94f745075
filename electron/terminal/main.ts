/** The terminal miner: `npm run -s miner -- …`. Builds the same session as the desktop app, without Electron. */
import { availableParallelism } from 'node:os';
import { systemClock } from '../core/clock.ts';
import { helpText } from './argv.ts';
import { parseCommand } from './command.ts';
import { HumanOutput } from './humanOutput.ts';
import { JsonOutput } from './jsonOutput.ts';
import { run } from './run.ts';
import { programText, systemText } from './systemText.ts';
import { runTune } from './tune.ts';
import { command as typed, version } from './version.ts';

const USAGE_EXIT_CODE = 2;

const text = systemText();
const command = parseCommand(process.argv.slice(2), availableParallelism());
if (!command.ok) {
  process.stderr.write(`${text.sentence(command.error)}\n`);
  process.exitCode = USAGE_EXIT_CODE;
} else {
  switch (command.value.run) {
    case 'help':
      process.stdout.write(helpText(text, typed));
      break;
    case 'version':
      process.stdout.write(`${version}\n`);
      break;
    case 'tune':
      process.exitCode = await runTune(
        command.value.options,
        process.stdout,
        command.value.options.json ? programText() : text,
      );
      break;
    case 'mine': {
      const { options } = command.value;
      for (const note of options.notes) process.stderr.write(`${text.sentence(note)}\n`);
      const output = options.json
        ? new JsonOutput(process.stdout, systemClock, programText())
        : new HumanOutput(process.stdout, systemClock, text);
      process.exitCode = await run(options, output, text);
    }
  }
}
