import { writeMonth } from '../../../support/monthOfHistory.ts';
import { configured } from '../../support/realApp.ts';
import type { Stage } from '../stage.ts';
import { on, type Scene } from './scene.ts';

const aMonthLater: Scene = (stage) =>
  stage.open(configured(), ({ folder, clock }) => {
    clock.setWallBy(21.4 * 3_600_000);
    writeMonth(folder, clock.wallMs());
  });

async function showSpan(stage: Stage, span: string): Promise<void> {
  await stage.choose(span);
  await stage.rest();
}

export const history: Readonly<Record<string, Scene>> = {
  'history-figures': on('History', aMonthLater, (stage) => stage.see('Where the time went')),
  'history-below': on('History', aMonthLater, async (stage) => {
    await showSpan(stage, '30 days');
    await stage.key('slider', 'ArrowLeft', 8);
    await stage.look('history-month');
    await stage.see('All time');
  }),
  'history-mining': on(
    'History',
    async (stage) => {
      await stage.mine(6);
      await stage.reach('mining');
    },
    async (stage) => {
      await showSpan(stage, '15 min');
      await stage.unfold('Show as a table');
      await stage.look('history-table');
      await stage.see('Newest shares');
    },
  ),
  'history-disk-full': on(
    'History',
    async (stage) => {
      await aMonthLater(stage);
      stage.app.fillDisk();
      await stage.press('Start mining');
      await stage.reach('waiting');
      stage.app.advance(130_000);
    },
    (stage) => stage.read(/could not be saved/),
  ),
};
