import { useEffect } from 'react';
import type { PoolAccountState } from '../../../electron/contract/poolAccount.ts';
import { useApp, usePart, useReady } from '../../store/StoreContext.tsx';

/** The main process decides whether a question is due. */
const LOOK_EVERY_MS = 60_000;

/** The pools that can be asked; those that may be are asked now and then while somebody looks. */
export function usePoolAccounts(): readonly PoolAccountState[] {
  const ask = useApp((state) => state.ask);
  const { askedPools } = useReady().settings;
  const accounts = usePart('money')?.accounts ?? [];
  useEffect(() => {
    if (askedPools.length === 0) return;
    const look = () => {
      if (!document.hidden) void ask((bridge) => bridge.pool.lookAtAccounts());
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [ask, askedPools]);
  return accounts;
}
