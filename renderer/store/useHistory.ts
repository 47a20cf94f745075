import { useCallback, useEffect, useState } from 'react';
import type { HistoryKind, HistorySpan, HistoryView } from '../../electron/contract/history.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { Bridge } from '../bridge.ts';
import { useApp } from './StoreContext.tsx';

const MINUTE_MS = 60_000;
/** As often as there is something new to see: reading a year takes a second of a core. */
const everyMs: Readonly<Record<HistorySpan, number>> = {
  quarterHour: 10_000,
  day: MINUTE_MS,
  month: 5 * MINUTE_MS,
  year: 15 * MINUTE_MS,
};

export type Read<T> = (bridge: Bridge) => Promise<Result<T>>;

/** What was read last is shown until what was asked for since is there. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'ready'; readonly value: T; readonly isOld: boolean };

/**
 * What `read` gives, read again when that is another function, when mining starts or stops, and every `everyMs` while
 * somebody looks: that is when snapshots come. `round`: anything that makes it read again.
 */
export function useHistory<T>(read: Read<T>, everyMs: number, round: number): Loaded<T> {
  const call = useApp((state) => state.call);
  const beat = useApp(({ snapshot }) =>
    snapshot === null
      ? null
      : `${Math.floor(snapshot.takenAtMs / everyMs)} ${snapshot.activity === 'off'}`,
  );
  const [answer, setAnswer] = useState<{ readonly read: Read<T>; readonly result: Result<T> }>();

  useEffect(() => {
    let isWanted = true;
    void call(read).then((result) => {
      if (isWanted) setAnswer({ read, result });
    });
    return () => {
      isWanted = false;
    };
  }, [call, read, beat, round]);

  if (answer === undefined) return { state: 'loading' };
  const { result } = answer;
  return result.ok
    ? { state: 'ready', value: result.value, isOld: answer.read !== read }
    : { state: 'failed', problem: result.error };
}

/** A span of the history, which tells which span it is. */
export function useHistoryView<S extends HistorySpan>(
  span: S,
  kind: HistoryKind,
  round = 0,
): Loaded<HistoryView & { readonly span: S }> {
  const read = useCallback(
    (bridge: Bridge) =>
      bridge.history
        .view({ span, kind })
        .then((result) => (result.ok ? { ...result, value: { ...result.value, span } } : result)),
    [span, kind],
  );
  return useHistory(read, everyMs[span], round);
}
