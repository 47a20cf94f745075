/** What `npm start` does without a display: a few shares on the practice pool, then how to mine for real. */
import { systemClock } from '../core/clock.ts';
import { HumanOutput } from './humanOutput.ts';
import { run } from './run.ts';
import { systemText } from './systemText.ts';

const SHARES = 10;

const text = systemText();
const { t } = text;
const output = new HumanOutput(process.stdout, systemClock, text);
output.say(t('terminal.demonstration', { shares: SHARES }));
process.exitCode = await run(
  {
    plan: { work: { kind: 'practice' }, engine: { threads: 'full', mode: 'light' } },
    json: false,
    inspect: false,
    notes: [],
  },
  output,
  text,
  { acceptedShares: SHARES },
);
process.stdout.write(
  [
    '',
    t('terminal.forReal'),
    '  npm run -s miner -- --pool HOST:PORT --wallet YOUR_MONERO_ADDRESS',
    t('terminal.forRealAlone'),
    '  npm run -s miner -- --daemon http://127.0.0.1:18081 --wallet YOUR_MONERO_ADDRESS',
    `${t('terminal.allOptions')} npm run -s miner -- --help`,
    '',
  ].join('\n'),
);
