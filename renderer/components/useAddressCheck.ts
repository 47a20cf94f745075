import { useEffect, useState } from 'react';
import type { AddressReport } from '../../electron/contract/ipc.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import { useApp } from '../store/StoreContext.tsx';

export type AddressCheck =
  | { readonly state: 'empty' }
  | { readonly state: 'checking' }
  | { readonly state: 'checked'; readonly report: AddressReport }
  | { readonly state: 'failed'; readonly problem: Problem };

const SETTLE_MS = 150;
const LONGEST_TEXT = 1000;

/** Checks a text as it is typed; the verdict is the main process's, and always belongs to the present text. */
export function useAddressCheck(text: string): AddressCheck {
  const call = useApp((state) => state.call);
  const [answer, setAnswer] = useState<{ text: string; check: AddressCheck } | null>(null);
  const trimmed = text.trim().slice(0, LONGEST_TEXT);

  useEffect(() => {
    if (trimmed === '') return;
    let current = true;
    const timer = setTimeout(() => {
      void call((bridge) => bridge.wallet.check({ text: trimmed })).then((result) => {
        if (!current) return;
        setAnswer({
          text: trimmed,
          check: result.ok
            ? { state: 'checked', report: result.value }
            : { state: 'failed', problem: result.error },
        });
      });
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [call, trimmed]);

  if (trimmed === '') return { state: 'empty' };
  return answer?.text === trimmed ? answer.check : { state: 'checking' };
}

/** The address, when the check says that it can be mined for. */
export function checkedAddress(check: AddressCheck): string | null {
  return check.state === 'checked' && check.report.valid ? check.report.address : null;
}
