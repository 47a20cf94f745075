/** What `npm start` does without a display: a few shares on the practice pool, then how to mine for real. */
import { HumanOutput } from './humanOutput.ts';
import { run } from './run.ts';

const SHARES = 10;

const output = new HumanOutput(process.stdout, Date.now);
output.say(
  `Demonstration: ${SHARES} shares on the practice pool inside this program. It earns nothing for anybody; Ctrl+C ends it.`,
);
process.exitCode = await run(
  { source: { kind: 'practice' }, mode: 'light', json: false, inspect: false },
  output,
  { acceptedShares: SHARES },
);
process.stdout.write(
  [
    '',
    'To mine for real, on a computer that is yours:',
    '  npm run -s miner -- --pool HOST:PORT --wallet YOUR_MONERO_ADDRESS',
    'or alone on your own monerod:',
    '  npm run -s miner -- --daemon http://127.0.0.1:18081 --wallet YOUR_MONERO_ADDRESS',
    'All options: npm run -s miner -- --help',
    '',
  ].join('\n'),
);
