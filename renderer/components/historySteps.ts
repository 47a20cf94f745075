import type { HistoryPoint } from '../../electron/contract/history.ts';

/** Times in ms and rates in hashes per second: each point as a step, from its beginning to its end, and null in gaps. */
export function stepsOf(points: readonly HistoryPoint[]): [number[], (number | null)[]] {
  const times: number[] = [];
  const rates: (number | null)[] = [];
  points.forEach((point, index) => {
    const { atMs, untilMs, hashes, hashingMs } = point;
    const rate = hashingMs > 0 ? (hashes / hashingMs) * 1000 : null;
    times.push(atMs, untilMs);
    rates.push(rate, rate);
    if ((points[index + 1]?.atMs ?? untilMs) > untilMs) {
      times.push(untilMs);
      rates.push(null);
    }
  });
  return [times, rates];
}

/** What took most of the time of a point; null: mining did. */
export function heldBy({ stateMs }: HistoryPoint): 'paused' | 'waiting' | null {
  const time = (...states: readonly string[]) =>
    states.reduce((sum, state) => sum + (stateMs[state] ?? 0), 0);
  const paused = time('paused');
  const waiting = time('waiting', 'connecting');
  if (time('mining', 'preparing') >= Math.max(paused, waiting)) return null;
  return paused >= waiting ? 'paused' : 'waiting';
}
