import type { Browser, Page } from 'playwright-core';
import { bridgeNames } from '../../../electron/contract/ipc.ts';
import type { RealApp } from '../support/realApp.ts';

interface Pushed {
  readonly name: string;
  readonly payload: unknown;
}

/** Of the page, where the preload puts the bridge. */
export interface Exposed {
  readonly callMain: (group: string, name: string, input: unknown) => Promise<unknown>;
  deliver: (pushed: readonly Pushed[]) => void;
  ibctminer: unknown;
}

/** Of an address that is opened with no app behind it. */
const ALONE = '?alone';

/**
 * A page of the browser, as the window of one app after another: a process is started, and what the page is made of compiled,
 * once for all of them.
 */
export class Pane {
  readonly page: Page;
  /** What stood on the console, and what was thrown. */
  readonly complaints: string[] = [];
  #app: RealApp | undefined;
  #outbox: Pushed[] = [];
  #isHeld = false;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(120_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async open(browser: Browser): Promise<Pane> {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 760 },
      reducedMotion: 'reduce',
    });
    const pane = new Pane(page);
    await page.exposeFunction('callMain', (group: string, name: string, input: unknown) => {
      const groups = pane.#app?.bridge as unknown as
        | Record<string, Record<string, (input: unknown) => Promise<unknown>>>
        | undefined;
      return groups?.[group]?.[name]?.(input ?? undefined);
    });
    await page.addInitScript(stopTime);
    await page.addInitScript(exposeBridge, { names: bridgeNames, alone: ALONE });
    return pane;
  }

  /** Loads the page with this app behind it, or with none. */
  async show(origin: string, app?: RealApp): Promise<void> {
    this.#app = app;
    if (app !== undefined) this.#listen(app);
    await this.page.goto(app === undefined ? `${origin}/${ALONE}` : origin);
    await this.page.locator('h1').first().waitFor();
  }

  /** Passes on what the app says meanwhile when this is done: it is drawn once. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.#isHeld = true;
    try {
      await work();
    } finally {
      this.#isHeld = false;
      this.#flush();
    }
  }

  /** Ready for another app. */
  async clear(): Promise<void> {
    this.#app = undefined;
    this.#outbox = [];
    await this.page.goto('about:blank');
    await this.page.setViewportSize({ width: 1280, height: 760 });
    this.complaints.length = 0;
  }

  #listen(app: RealApp): void {
    const subscribers = app.bridge.on as unknown as Record<
      string,
      (listener: (payload: unknown) => void) => void
    >;
    for (const name of bridgeNames.pushes)
      subscribers[name]?.((payload) => {
        this.#outbox.push({ name, payload });
        if (this.#outbox.length === 1 && !this.#isHeld) queueMicrotask(() => this.#flush());
      });
  }

  #flush(): void {
    if (this.#app === undefined) return;
    // As text: hundreds of snapshots come over faster than as values.
    const said = JSON.stringify({ pushed: this.#outbox, wallMs: this.#app.clock.wallMs() });
    this.#outbox = [];
    const delivered = this.page.evaluate((text) => {
      const { pushed, wallMs } = JSON.parse(text) as { pushed: Pushed[]; wallMs: number };
      // The window tells ages and times of day by the app's own clock.
      Date.now = () => wallMs;
      (window as unknown as Partial<Exposed>).deliver?.(pushed);
    }, said);
    void delivered.catch(() => undefined); // the page is gone, or not there yet
  }
}

/** Runs in the page: time stands still in it, or it would find the app silent while it is looked at. */
function stopTime(): void {
  const now = performance.now();
  performance.now = () => now;
}

/** Runs in the page, before its own scripts: puts there what the preload would. */
function exposeBridge({ names, alone }: { names: typeof bridgeNames; alone: string }): void {
  if (location.search === alone) return;
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
}
