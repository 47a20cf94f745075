import { useEffect, useState } from 'react';
import type { Place } from '../../../electron/contract/ipc.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { useApp } from '../../store/StoreContext.tsx';
import type { PoolDraft } from './draft.ts';

interface KnownPlace {
  /** Where the typed address leads; null while that is not known. */
  readonly place: Place | null;
  readonly problem: Problem | null;
  /** Asks at once, whatever was answered before. */
  readonly find: () => Promise<Result<Place>>;
}

/** What the main process makes of the address, as it is typed. */
export function usePlace({ address, kind }: Pick<PoolDraft, 'address' | 'kind'>): KnownPlace {
  const call = useApp((state) => state.call);
  const text = address.trim().slice(0, 1000);
  const asked = `${kind} ${text}`;
  const [answer, setAnswer] = useState<{ asked: string; result: Result<Place> } | null>(null);

  async function find(): Promise<Result<Place>> {
    const result = await call((bridge) => bridge.pool.parse({ text, kind }));
    setAnswer({ asked, result });
    return result;
  }

  useEffect(() => {
    if (text === '') return;
    let current = true;
    void call((bridge) => bridge.pool.parse({ text, kind })).then((result) => {
      if (current) setAnswer({ asked, result });
    });
    return () => {
      current = false;
    };
  }, [call, text, kind, asked]);

  const result = answer?.asked === asked ? answer.result : null;
  return {
    place: result?.ok === true ? result.value : null,
    problem: result?.ok === false ? result.error : null,
    find,
  };
}
