import type { Snapshot, SnapshotNews } from '../../contract/snapshot.ts';

/** What a window has been told, part by part: what it knows is not told again. */
export class ToldSnapshot {
  readonly #parts = new Map<string, string>();

  /** What it does not know yet, and then does. Null: only time has passed. */
  newsIn({ takenAtMs, monotonicMs, ...parts }: Snapshot): SnapshotNews | null {
    const news: [string, unknown][] = [];
    for (const [name, part] of Object.entries(parts)) {
      const text = JSON.stringify(part);
      if (text === this.#parts.get(name)) continue;
      this.#parts.set(name, text);
      news.push([name, part]);
    }
    return news.length === 0 ? null : { takenAtMs, monotonicMs, ...Object.fromEntries(news) };
  }
}
