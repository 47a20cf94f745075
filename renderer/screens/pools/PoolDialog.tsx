import { useState } from 'react';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Modal } from '../../components/Modal.tsx';
import { useKnownPoolChoice } from '../../components/knownPools/useKnownPoolChoice.tsx';
import { draftOf, newDraft } from '../../components/poolForm/draft.ts';
import { usePoolForm } from '../../components/poolForm/usePoolForm.tsx';
import { ownDraft } from '../../components/poolChoice.ts';
import { PaidBy } from '../../components/PaidBy.tsx';
import { RadioCards } from '../../components/RadioCards.tsx';
import { SaveActions } from '../../components/SaveActions.tsx';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

interface PoolDialogProps {
  /** Null for a new one. */
  readonly pool: PoolSettings | null;
  readonly onSave: (pool: PoolSettings) => void;
  readonly onClose: () => void;
}

const templates = ['known', 'stratum', 'p2pool', 'xmrig-proxy', 'daemon'] as const;
type Template = (typeof templates)[number];

export function PoolDialog({ pool, onSave, onClose }: PoolDialogProps) {
  const { t } = useText();
  const { settings } = useReady();
  const address = settings.wallet?.address ?? '';
  const [template, setTemplate] = useState<Template>('stratum');
  const [draft, setDraft] = useState(() => (pool ? draftOf(pool) : newDraft('stratum')));
  const form = usePoolForm(
    draft,
    (part) => setDraft((before) => ({ ...before, ...part })),
    address,
  );
  const known = useKnownPoolChoice(address);

  function begin(next: Template) {
    setTemplate(next);
    if (next === 'known') return;
    setDraft(next === 'stratum' || next === 'daemon' ? newDraft(next) : ownDraft(next));
  }

  async function save() {
    const described = template === 'known' ? known.pool : await form.finish();
    if (described) onSave(described);
  }

  const maySave = template === 'known' ? known.pool !== null : form.maySave;
  return (
    <Modal
      open
      onClose={onClose}
      title={pool ? t('pools.editTitle') : t('pools.addTitle')}
      actions={<SaveActions maySave={maySave} onSave={() => void save()} onCancel={onClose} />}
    >
      {!pool && (
        <RadioCards
          label={t('pool.choices')}
          value={template}
          onChange={begin}
          options={templates.map((value) => ({ value, label: t(`pools.templates.${value}`) }))}
          layout="row"
        />
      )}
      {template === 'known' ? known.fields : form.fields}
      {!pool && <PaidBy source={template} />}
    </Modal>
  );
}
