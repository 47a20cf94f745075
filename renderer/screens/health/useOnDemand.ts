import { useState } from 'react';
import type { Bridge } from '../../bridge.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { useApp } from '../../store/StoreContext.tsx';

/** What is measured when the user asks for it; the last outcome stays until the next one. */
export function useOnDemand<T>(measure: (bridge: Bridge) => Promise<Result<T>>) {
  const call = useApp((state) => state.call);
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<Result<T> | null>(null);

  async function run() {
    setRunning(true);
    setOutcome(await call(measure));
    setRunning(false);
  }

  return { isRunning, outcome: isRunning ? null : outcome, run: () => void run() };
}
