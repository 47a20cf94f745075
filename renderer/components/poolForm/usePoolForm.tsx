import { useState, type ReactNode } from 'react';
import { nodePayoutProblem } from '../../../electron/contract/payout.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { useText } from '../../text.ts';
import { CheckField } from '../CheckField.tsx';
import { ConnectionTest } from '../ConnectionTest.tsx';
import { Notice } from '../Notice.tsx';
import { needsTlsConfirmation } from '../poolChoice.ts';
import { fieldProblem, poolOf, type PoolDraft } from './draft.ts';
import { PoolFields } from './PoolFields.tsx';
import { usePlace } from './usePlace.ts';

interface PoolForm {
  readonly fields: ReactNode;
  /** False while something is missing, or a question in the form is not answered. */
  readonly maySave: boolean;
  /** What the form shows, as settings; null with the reason in the form. */
  readonly finish: () => Promise<PoolSettings | null>;
}

/** A pool or node being described: its fields, the test, and the question about a connection that is not encrypted. */
export function usePoolForm(
  draft: PoolDraft,
  change: (part: Partial<PoolDraft>) => void,
  walletAddress: string,
): PoolForm {
  const { t, sentence } = useText();
  const { place, problem, find } = usePlace(draft);
  const [isChecked, setChecked] = useState(false);
  const [askedForPlain, setAskedForPlain] = useState(false);
  const [plainConfirmed, setPlainConfirmed] = useState(false);
  const wrong = fieldProblem(draft);

  /** The pool that the fields describe, or null with the reason beside a field. */
  async function describe(): Promise<PoolSettings | null> {
    setChecked(true);
    const found = await find();
    return found.ok && wrong === null ? poolOf(draft, found.value) : null;
  }

  async function finish(): Promise<PoolSettings | null> {
    const pool = await describe();
    if (pool === null || !needsTlsConfirmation(pool) || plainConfirmed) return pool;
    setAskedForPlain(true);
    return null;
  }

  function edit(part: Partial<PoolDraft>) {
    setChecked(false);
    setAskedForPlain(false);
    setPlainConfirmed(false);
    change(part);
  }

  const hasAddress = draft.address.trim() !== '';
  const cannotPay = draft.kind === 'daemon' ? nodePayoutProblem(walletAddress) : null;
  return {
    maySave: hasAddress && (!askedForPlain || plainConfirmed),
    finish,
    fields: (
      <>
        <PoolFields
          draft={draft}
          onChange={edit}
          suggestedTls={place?.tls ?? false}
          addressError={isChecked && problem !== null ? sentence(problem) : undefined}
          wrong={isChecked ? wrong : null}
        />
        {cannotPay && <Notice tone="caution">{sentence(cannotPay)}</Notice>}
        {askedForPlain && (
          <Notice tone="caution" alert>
            <p>{t(draft.kind === 'daemon' ? 'pool.noTlsNode' : 'pool.noTls')}</p>
            <CheckField
              label={t('pool.noTlsConfirm')}
              checked={plainConfirmed}
              onChange={setPlainConfirmed}
            />
          </Notice>
        )}
        {hasAddress && (
          <ConnectionTest
            key={JSON.stringify({ ...draft, tls: null, fingerprint: null })}
            pool={describe}
            address={walletAddress}
            onTls={(tls) =>
              edit({
                tls: tls.use !== 'none',
                fingerprint: tls.use === 'pinned' ? tls.fingerprint : '',
              })
            }
          />
        )}
      </>
    ),
  };
}
