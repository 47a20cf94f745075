import { useState } from 'react';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Button } from '../../components/Button.tsx';
import { Modal } from '../../components/Modal.tsx';
import { draftOf, newDraft } from '../../components/poolForm/draft.ts';
import { usePoolForm } from '../../components/poolForm/usePoolForm.tsx';
import { ownDraft } from '../../components/poolChoice.ts';
import { RadioCards } from '../../components/RadioCards.tsx';
import { useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

interface PoolDialogProps {
  /** Null for a new one. */
  readonly pool: PoolSettings | null;
  readonly onSave: (pool: PoolSettings) => void;
  readonly onClose: () => void;
}

const templates = ['stratum', 'p2pool', 'xmrig-proxy', 'daemon'] as const;
type Template = (typeof templates)[number];

export function PoolDialog({ pool, onSave, onClose }: PoolDialogProps) {
  const { t } = useText();
  const { settings } = useReady();
  const [template, setTemplate] = useState<Template>('stratum');
  const [draft, setDraft] = useState(() => (pool ? draftOf(pool) : newDraft('stratum')));
  const form = usePoolForm(
    draft,
    (part) => setDraft((before) => ({ ...before, ...part })),
    settings.wallet?.address ?? '',
  );

  function begin(next: Template) {
    setTemplate(next);
    setDraft(next === 'stratum' || next === 'daemon' ? newDraft(next) : ownDraft(next));
  }

  async function save() {
    const described = await form.finish();
    if (described) onSave(described);
  }

  return (
    <Modal
      open
      onClose={onClose}
      title={pool ? t('pools.editTitle') : t('pools.addTitle')}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('control.cancel')}
          </Button>
          <Button variant="primary" disabled={!form.maySave} onClick={() => void save()}>
            {t('control.save')}
          </Button>
        </>
      }
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
      {form.fields}
    </Modal>
  );
}
