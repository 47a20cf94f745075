import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { PoolSettings, Settings } from '../../../electron/contract/settings.ts';
import type { SessionState } from '../../../electron/contract/snapshot.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { knownPoolsHere } from '../support/knownPoolsHere.ts';
import { minedAtPool, poolWithAccount } from '../support/poolWithAccount.ts';
import { publisherHere } from '../support/publisherHere.ts';
import { configured, poolAt, startApp, type Installed, type RealApp } from '../support/realApp.ts';
import type { Pane } from './pane.ts';

/** Difficulty 288,000: at the pace of these scenes a share every 40 s, which is how often one is found in them. */
const TARGET = '413a0000';

type Role = 'button' | 'radio' | 'checkbox' | 'menuitem';

/** The real app with its real window in a browser, and somebody who uses it. */
export class Stage {
  readonly #pane: Pane;
  readonly #origin: string;
  readonly #servers: { close: () => Promise<void> }[] = [];
  #app: RealApp | undefined;

  /** Looks at the page as it is now. A scene may have several such moments; the last one, of its own name, is its end. */
  readonly look: (name: string) => Promise<void>;

  constructor(pane: Pane, origin: string, look: (name: string) => Promise<void>) {
    this.#pane = pane;
    this.#origin = origin;
    this.look = look;
  }

  get #page(): Page {
    return this.#pane.page;
  }

  get app(): RealApp {
    if (this.#app === undefined) throw new Error('The app is not open yet.');
    return this.#app;
  }

  /** Whether the window knows its settings, so that it can be told to speak another language. */
  get canSpeak(): boolean {
    return this.#app?.hanging.has('app.info') === false && !this.#app.broken.has('app.info');
  }

  async settings(): Promise<Settings> {
    const settings = await this.app.bridge.settings.get();
    if (!settings.ok) throw new Error(`The settings cannot be read: ${settings.error.code}.`);
    return settings.value;
  }

  async open(
    settings?: Settings | string,
    prepare?: (app: RealApp) => void,
    installed?: Partial<Installed>,
  ): Promise<void> {
    const app = startApp(settings, installed);
    this.#app = app;
    prepare?.(app);
    await this.#pane.show(this.#origin, app);
    app.advance(0);
  }

  /** The page with no app behind it. */
  openOutside(): Promise<void> {
    return this.#pane.show(this.#origin);
  }

  /** A pool on this computer that takes everything. */
  async pool(): Promise<{ pool: FriendlyPool; settings: PoolSettings }> {
    const pool = await FriendlyPool.listen();
    this.#servers.push(pool);
    return { pool, settings: poolAt(pool.port) };
  }

  /** A pool that takes the connection and says nothing. */
  async silentPool(): Promise<PoolSettings> {
    const pool = await ScriptedPool.listen();
    this.#servers.push(pool);
    return poolAt(pool.port);
  }

  /** An AppImage for which a newer version is published; `served` comes when it is downloaded. */
  async openWithNewer(served?: Buffer): Promise<void> {
    const { publisher, close } = await publisherHere(Buffer.alloc(8_400_000), served);
    this.#servers.push({ close });
    await this.open(configured({ updates: { look: true } }), undefined, {
      publisher,
      installation: { kind: 'appImage', command: 'rm /home/user/Ibctminer.AppImage' },
      appImage: '/nowhere/Ibctminer.AppImage',
    });
  }

  /** With the pools offered by name on this computer. */
  async openWithKnownPools(settings: Settings): Promise<void> {
    const { list, close } = await knownPoolsHere();
    this.#servers.push({ close });
    await this.open(settings, undefined, { knownPools: list });
  }

  /** Mining at a known pool that is asked what it owes, or may be. */
  async mineAtKnownPool(change: Partial<Settings> = {}): Promise<void> {
    const known = await poolWithAccount();
    const { pool, knownPools, settings } = known;
    this.#servers.push(known);
    pool.target = TARGET;
    await this.open(
      configured({ pools: [settings], ...change }),
      (app) => minedAtPool(app, known, { hours: 40, creditedShare: 0.987 }),
      { knownPools },
    );
    await this.press('Start mining');
    await this.reach('mining');
    await this.pass(2, pool);
  }

  /** Mining for some minutes at a pool that takes every share, and refuses one. */
  async mine(minutes: number, change: Partial<Settings> = {}): Promise<FriendlyPool> {
    const { pool, settings } = await this.pool();
    pool.target = TARGET;
    await this.open(configured({ pools: [settings], ...change }));
    await this.press('Start mining');
    await this.reach('mining');
    await this.pass(minutes, pool);
    return pool;
  }

  pass(minutes: number, pool: FriendlyPool): Promise<void> {
    return this.#pane.hold(() => this.#pass(minutes, pool));
  }

  async #pass(minutes: number, pool: FriendlyPool): Promise<void> {
    const { app } = this;
    for (let second = 0; second < minutes * 60; second += 2) {
      app.pace.hashesPerSecond =
        7200 * (1 + Math.sin(second / 40) * 0.02 + Math.sin(second) * 0.01);
      app.advance(2000);
      if (second % 40 === 0) {
        pool.refusal = second === 40 ? 'Low difficulty share' : null;
        app.engine().find();
        await sleep(20);
        pool.refusal = null;
      }
      // Its sockets live in real time.
      if (second % 10 === 0) await sleep(2);
    }
  }

  reach(state: SessionState['state']): Promise<void> {
    return this.#pane.hold(() => this.#reach(state));
  }

  async #reach(state: SessionState['state']): Promise<void> {
    for (let step = 0; this.app.desktop.snapshot().session.state !== state; step += 1) {
      if (step === 1000) throw new Error(`The session never came to ${state}.`);
      this.app.advance(500);
      await sleep(20);
    }
  }

  press(name: string, role: Role = 'button'): Promise<void> {
    return this.#page.getByRole(role, { name, exact: true }).click();
  }

  /** One of a few short choices. */
  choose(label: string): Promise<void> {
    return this.#page.getByText(label, { exact: true }).click();
  }

  async escape(): Promise<void> {
    await this.#page.keyboard.press('Escape');
  }

  async key(role: 'slider', key: string, times: number): Promise<void> {
    await this.#page.getByRole(role).focus();
    for (let time = 0; time < times; time += 1) await this.#page.keyboard.press(key);
  }

  /** Until nothing is being read any more. */
  rest(): Promise<void> {
    return this.#page.locator('[aria-busy="false"]').waitFor();
  }

  fill(label: string, text: string): Promise<void> {
    return this.#page.getByLabel(label).first().fill(text);
  }

  /** Opens what is folded under this text. */
  unfold(text: string): Promise<void> {
    return this.#page.getByText(text, { exact: true }).click();
  }

  /** Waits for this text. */
  read(text: string | RegExp): Promise<void> {
    return this.#page.getByText(text).first().waitFor();
  }

  /** Scrolls to the section with this title. */
  see(title: string): Promise<void> {
    return this.#page.getByRole('region', { name: title }).scrollIntoViewIfNeeded();
  }

  async close(): Promise<void> {
    await this.#app?.quit();
    await Promise.all(this.#servers.map((server) => server.close()));
  }
}
