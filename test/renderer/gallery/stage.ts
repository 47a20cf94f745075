import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { bridgeNames } from '../../../electron/contract/ipc.ts';
import type { PoolSettings, Settings } from '../../../electron/contract/settings.ts';
import type { SessionState } from '../../../electron/contract/snapshot.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';
import { FriendlyPool } from '../support/friendlyPool.ts';
import { knownPoolsHere } from '../support/knownPoolsHere.ts';
import { minedAtPool, poolWithAccount } from '../support/poolWithAccount.ts';
import { publisherHere } from '../support/publisherHere.ts';
import { configured, poolAt, startApp, type Installed, type RealApp } from '../support/realApp.ts';

/** Difficulty 288,000: at the pace of these scenes a share every 40 s, which is how often one is found in them. */
const TARGET = '413a0000';

type Role = 'button' | 'radio' | 'checkbox' | 'menuitem';

/** Of the page, where the preload puts the bridge. */
interface Exposed {
  readonly callMain: (group: string, name: string, input: unknown) => Promise<unknown>;
  deliver: (pushed: readonly { name: string; payload: unknown }[]) => void;
  ibctminer: unknown;
}

/** The real app with its real window in a browser, and somebody who uses it. */
export class Stage {
  readonly #page: Page;
  readonly #origin: string;
  readonly #servers: { close: () => Promise<void> }[] = [];
  #app: RealApp | undefined;

  /** Looks at the page as it is now. A scene may have several such moments; the last one, of its own name, is its end. */
  readonly look: (name: string) => Promise<void>;

  constructor(page: Page, origin: string, look: (name: string) => Promise<void>) {
    this.#page = page;
    this.#origin = origin;
    this.look = look;
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
    await this.#connect(app);
    await this.#showTime();
    await this.openOutside();
  }

  /** The page with no app behind it. */
  async openOutside(): Promise<void> {
    await this.#page.goto(this.#origin);
    // Its time stands still while it is looked at, or it would find the app silent.
    await this.#page.evaluate(() => {
      const now = performance.now();
      performance.now = () => now;
    });
    await this.#page.locator('h1').first().waitFor();
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

  async pass(minutes: number, pool: FriendlyPool): Promise<void> {
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
    await this.#showTime();
  }

  async reach(state: SessionState['state']): Promise<void> {
    for (let step = 0; this.app.desktop.snapshot().session.state !== state; step += 1) {
      if (step === 1000) throw new Error(`The session never came to ${state}.`);
      this.app.advance(500);
      await sleep(20);
    }
    await this.#showTime();
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

  /** The window tells ages and times of day by the app's own clock; what it last heard is of now. */
  async #showTime(): Promise<void> {
    await this.#page.clock.setFixedTime(this.app.clock.wallMs());
    this.app.advance(0);
  }

  /** Puts into the page what the preload would. */
  async #connect(app: RealApp): Promise<void> {
    const page = this.#page;
    const groups = app.bridge as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >;
    await page.exposeFunction('callMain', (group: string, name: string, input: unknown) =>
      groups[group]?.[name]?.(input ?? undefined),
    );
    await page.addInitScript((names) => {
      const exposed = window as unknown as Exposed;
      const heard = new Map<string, Set<(payload: unknown) => void>>();
      exposed.deliver = (pushed) => {
        for (const { name, payload } of pushed)
          for (const listener of heard.get(name) ?? []) listener(payload);
      };
      const on = (name: string) => (listener: (payload: unknown) => void) => {
        heard.set(name, (heard.get(name) ?? new Set()).add(listener));
        return () => heard.get(name)?.delete(listener);
      };
      const calls = Object.entries(names.calls).map(([group, channels]) => [
        group,
        Object.fromEntries(
          Object.keys(channels).map((name) => [
            name,
            (input: unknown) => exposed.callMain(group, name, input),
          ]),
        ) as unknown,
      ]);
      exposed.ibctminer = {
        ...(Object.fromEntries(calls) as object),
        on: Object.fromEntries(names.pushes.map((name) => [name, on(name)])),
      };
    }, bridgeNames);

    let outbox: { name: string; payload: unknown }[] = [];
    const flush = () => {
      const pushed = outbox;
      outbox = [];
      const delivered = page.evaluate(
        (all) => (window as unknown as Partial<Exposed>).deliver?.(all),
        pushed,
      );
      void delivered.catch(() => undefined); // the page is gone, or not there yet
    };
    const subscribers = app.bridge.on as unknown as Record<
      string,
      (listener: (payload: unknown) => void) => void
    >;
    for (const name of bridgeNames.pushes)
      subscribers[name]?.((payload) => {
        if (outbox.length === 0) queueMicrotask(flush);
        outbox.push({ name, payload });
      });
  }
}
