import { defaultSettings, type Settings } from '../../../../electron/contract/settings.ts';
import { configured } from '../../support/realApp.ts';
import { agoMs, typedMoney, type Scene } from './scene.ts';

const money = (tariff: number): Partial<Settings> => ({
  money: { ...typedMoney, tariffPerKwh: { value: tariff, windows: [], atMs: agoMs } },
});

const seeMoney: Scene = (stage) => stage.see('Earnings and cost');

export const earnings: Readonly<Record<string, Scene>> = {
  'money-empty': async (stage) => {
    await stage.open(configured());
    await seeMoney(stage);
  },
  'money-costs-more': async (stage) => {
    await stage.mine(2, money(0.32));
    await seeMoney(stage);
  },
  'money-brings': async (stage) => {
    await stage.mine(2, money(0.04));
    await seeMoney(stage);
  },
  'money-without-prices': async (stage) => {
    await stage.mine(2, { money: { ...defaultSettings().money, network: typedMoney.network } });
    await seeMoney(stage);
  },
  'money-account': async (stage) => {
    await stage.mineAtKnownPool({ ...money(0.04), askedPools: ['supportxmr'] });
    await stage.read('Paid so far');
    await stage.see('What SupportXMR says');
  },
  'money-edit': async (stage) => {
    await stage.open(configured(money(0.32)));
    await stage.press('Edit figures');
  },
};
