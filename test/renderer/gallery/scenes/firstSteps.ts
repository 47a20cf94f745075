import { selfSigned } from '../../../support/stratum/certificates.ts';
import { FriendlyPool } from '../../support/friendlyPool.ts';
import { configured, consented, GOOD_ADDRESS } from '../../support/realApp.ts';
import type { Stage } from '../stage.ts';
import type { Scene } from './scene.ts';

async function atPool(stage: Stage): Promise<void> {
  await stage.openWithKnownPools(consented());
  await stage.fill('Monero wallet address', GOOD_ADDRESS);
  await stage.press('Continue');
}

async function atOtherPool(stage: Stage, address: string): Promise<void> {
  await atPool(stage);
  await stage.press('Another pool', 'radio');
  await stage.fill('Pool address', address);
}

/** Before there are settings to choose a language in, and until everything is set up. */
export const firstSteps: Readonly<Record<string, Scene>> = {
  'app-loading': (stage) => stage.open(undefined, ({ hanging }) => hanging.add('app.info')),
  'app-failed': (stage) => stage.open(undefined, ({ broken }) => broken.add('app.info')),
  'app-no-bridge': (stage) => stage.openOutside(),
  'wizard-consent': (stage) => stage.open(),
  'wizard-consent-changed': (stage) =>
    stage.open(configured({ consent: { version: 0, givenAtMs: 1 } })),
  'wizard-damaged-settings': (stage) => stage.open('{ "version": 2,'),
  'wizard-wallet-no-picture': async (stage) => {
    await stage.open(consented(), ({ picture, folder }) => (picture.file = folder));
    await stage.press('Read a QR code from a picture');
    await stage.read(/could not be read/);
  },
  'wizard-pool': atPool,
  'wizard-pool-certificate': async (stage) => {
    const { pool, settings } = await stage.pool();
    await atOtherPool(stage, `127.0.0.1:${settings.port}`);
    await stage.press('Test connection');
    await stage.read('Works');
    await stage.look('wizard-pool-tested');
    pool.refusal = 'Invalid address used for login';
    await stage.press('Test connection');
    await stage.read('Does not work');
    await stage.look('wizard-pool-refused');
    const { key, cert } = selfSigned('localhost', 'IP:127.0.0.1');
    const encrypted = await FriendlyPool.listen({ tls: { key, cert } });
    await stage.fill('Pool address', `127.0.0.1:${encrypted.port}`);
    await stage.press('Test connection');
    await stage.read('Trust this certificate');
    await encrypted.close();
  },
  'wizard-practice-only': async (stage) => {
    await stage.open(consented());
    await stage.press('Practise without a wallet');
  },
  'wizard-review': async (stage) => {
    await stage.openWithKnownPools(consented());
    await stage.look('wizard-wallet');
    await stage.fill('Monero wallet address', `${GOOD_ADDRESS.slice(0, -1)}B`);
    await stage.read(/character is wrong/);
    await stage.look('wizard-wallet-wrong');
    await stage.fill('Monero wallet address', `monero:${GOOD_ADDRESS}?tx_amount=1`);
    await stage.read(/Only the address was taken/);
    await stage.look('wizard-wallet-good');
    await stage.press('Continue');
    await stage.press('Measure latency');
    await stage.read(/Nearest/);
    await stage.look('wizard-pool-measured');
    await stage.press('Another pool', 'radio');
    await stage.fill('Pool address', 'pool.example.org:3333');
    await stage.press('Continue');
    await stage.read('Connect without encryption');
    await stage.look('wizard-pool-without-tls');
    await stage.press('SupportXMR', 'radio');
    await stage.press('Continue');
    await stage.look('wizard-power');
    await stage.press('Continue');
  },
};
