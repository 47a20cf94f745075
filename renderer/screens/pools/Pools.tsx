import Plus from 'lucide-react/icons/plus';
import Server from 'lucide-react/icons/server';
import { useState } from 'react';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Notice } from '../../components/Notice.tsx';
import { usePoolAccounts } from '../../components/poolAccount/usePoolAccounts.ts';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { PoolDialog } from './PoolDialog.tsx';
import { PoolRow } from './PoolRow.tsx';
import styles from './Pools.module.css';
import { useText } from '../../text.ts';

const MOST_POOLS = 16;

/** The pools in failover order. Every change is one write of the whole list. */
export function Pools() {
  const { t } = useText();
  const { settings } = useReady();
  const update = useApp((state) => state.update);
  const [editing, setEditing] = useState<PoolSettings | 'new' | null>(null);
  const [removing, setRemoving] = useState<PoolSettings | null>(null);
  const accounts = usePoolAccounts();
  const { pools, work } = settings;
  const practises = work === 'practice';
  const full = pools.length >= MOST_POOLS;

  const write = (next: PoolSettings[]) => void update({ pools: next });

  function move(index: number, by: -1 | 1) {
    const next = [...pools];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    write(next);
  }

  function save(pool: PoolSettings) {
    const known = pools.some((other) => other.id === pool.id);
    if (known) write(pools.map((other) => (other.id === pool.id ? pool : other)));
    // Whoever adds a pool wants to mine there, and practises no longer.
    else void update({ work: 'pools', pools: [...pools, pool] });
    setEditing(null);
  }

  function remove(pool: PoolSettings) {
    write(pools.filter((other) => other.id !== pool.id));
    setRemoving(null);
  }

  return (
    <Card
      title={t('pools.list')}
      aside={
        <Button disabled={full} onClick={() => setEditing('new')}>
          <Plus aria-hidden />
          {t('pools.add')}
        </Button>
      }
    >
      {practises ? (
        pools.length > 0 && (
          <Notice
            tone="caution"
            actions={
              <Button onClick={() => void update({ work: 'pools' })}>
                {t('pools.endPractice')}
              </Button>
            }
          >
            {t('pools.practising')}
          </Notice>
        )
      ) : (
        <p className={styles.lead}>{full ? t('pools.full') : t('pools.lead')}</p>
      )}
      {pools.length === 0 ? (
        <EmptyState icon={Server} title={t('pools.emptyTitle')}>
          {t('pools.empty')}
        </EmptyState>
      ) : (
        <ol className={styles.list}>
          {pools.map((pool, index) => (
            <PoolRow
              key={pool.id}
              pool={pool}
              index={index}
              count={pools.length}
              account={accounts.find(({ entries }) => entries[0] === pool.id)}
              onMove={(by) => move(index, by)}
              onEdit={() => setEditing(pool)}
              onChange={save}
              onRemove={() => setRemoving(pool)}
            />
          ))}
        </ol>
      )}
      {!practises && (
        <div className={styles.practise}>
          <p className={styles.lead}>{t('pools.practiseHint')}</p>
          <Button variant="ghost" onClick={() => void update({ work: 'practice' })}>
            {t('pools.practise')}
          </Button>
        </div>
      )}
      {editing !== null && (
        <PoolDialog
          pool={editing === 'new' ? null : editing}
          onSave={save}
          onClose={() => setEditing(null)}
        />
      )}
      <Modal
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('pools.removeTitle', { name: removing?.name ?? '' })}
        text={t('pools.removeText')}
        actions={
          <>
            <Button variant="ghost" onClick={() => setRemoving(null)}>
              {t('control.cancel')}
            </Button>
            <Button variant="danger" onClick={() => removing && remove(removing)}>
              {t('pools.removeConfirm')}
            </Button>
          </>
        }
      />
    </Card>
  );
}
