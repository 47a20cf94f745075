import { defaultSettings } from '../../../../electron/contract/settings.ts';
import { configured, poolAt } from '../../support/realApp.ts';
import type { Stage } from '../stage.ts';

/** What happens until the picture is taken. */
export type Scene = (stage: Stage) => Promise<unknown>;

/** A scene of a screen, from the app as it is before somebody goes there. */
export const on =
  (screen: string, before: Scene, then: Scene = () => Promise.resolve()): Scene =>
  async (stage) => {
    await before(stage);
    await stage.press(screen);
    await then(stage);
  };

/** A scene of a section of Settings. */
export const inSettings = (section: string, before: Scene, then?: Scene): Scene =>
  on('Settings', before, async (stage) => {
    await stage.press(section);
    await then?.(stage);
  });

export const stopped: Scene = (stage) => stage.open(configured());

export const mining: Scene = (stage) => stage.mine(1);

/** Started, and waiting for this state. */
export async function started(
  stage: Stage,
  state: Parameters<Stage['reach']>[0],
  pools = [poolAt(9)],
) {
  await stage.open(configured({ pools }));
  await stage.press('Start mining');
  await stage.reach(state);
}

export const backup = poolAt(443, {
  ...{ id: 'two', name: 'Backup one', host: 'pool.example.org' },
  tls: { use: 'authority' },
});

export const lengthy = poolAt(65_535, {
  name: 'The pool that my neighbour’s cousin recommended last winter (Frankfurt)',
  host: `${'a-very-long-name.'.repeat(8)}pool.example.org`,
});

/** Mining at these hours of every day. */
export function scheduled(day: string) {
  const schedule = {
    ...defaultSettings().rules.schedule,
    enabled: true,
    week: Array.from({ length: 7 }, () => day),
  };
  return configured({ rules: { ...defaultSettings().rules, schedule } });
}

export const agoMs = Date.UTC(2025, 11, 24, 12);

/** What somebody typed some days before. */
export const typedMoney = {
  ...defaultSettings().money,
  ...{ currency: 'EUR', pricePerXmr: { value: 152, atMs: agoMs } },
  wattsAtWall: { value: 62, atMs: agoMs },
  network: { difficulty: 6.12e11, rewardXmr: 0.6, atMs: agoMs },
};
