import { configured, poolAt } from '../../support/realApp.ts';
import { backup, lengthy, on, started, type Scene } from './scene.ts';

const twoPools: Scene = (stage) => stage.open(configured({ pools: [poolAt(9), backup] }));

export const pools: Readonly<Record<string, Scene>> = {
  pools: on('Pools', twoPools),
  'pools-backup-in-use': on('Pools', async (stage) => {
    const { settings } = await stage.pool();
    await started(stage, 'mining', [
      poolAt(9),
      { ...settings, id: 'two', name: 'Backup one' },
      { ...backup, id: 'three' },
    ]);
  }),
  'pools-account-off': on('Pools', (stage) => stage.mineAtKnownPool()),
  'pools-account': on(
    'Pools',
    (stage) => stage.mineAtKnownPool({ askedPools: ['supportxmr'] }),
    async (stage) => {
      await stage.read('Paid so far');
      await stage.press('How this is compared');
      await stage.read('Chance allows');
    },
  ),
  'pools-long-texts': on('Pools', (stage) => stage.open(configured({ pools: [lengthy, backup] }))),
  'pools-empty': on('Pools', (stage) => stage.open(configured({ work: 'practice', pools: [] }))),
  'pools-add-known': on(
    'Pools',
    (stage) => stage.openWithKnownPools(configured({ pools: [poolAt(9), backup] })),
    async (stage) => {
      await stage.press('Add a pool');
      await stage.press('Known pool', 'radio');
      await stage.press('Measure latency');
      await stage.read(/Nearest/);
      await stage.press('xmrpool.eu', 'radio');
      await stage.see('About xmrpool.eu');
    },
  ),
  'pools-remove': on('Pools', twoPools, async (stage) => {
    await stage.press('Add a pool');
    await stage.look('pools-add');
    await stage.press('Cancel');
    await stage.press('Edit First pool');
    await stage.unfold('More options');
    await stage.look('pools-edit');
    await stage.press('Cancel');
    await stage.press('Remove First pool');
  }),
};
