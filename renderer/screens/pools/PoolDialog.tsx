import { useState } from 'react';
import { knownPools } from '../../../electron/contract/knownPools.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Button } from '../../components/Button.tsx';
import { CheckField } from '../../components/CheckField.tsx';
import { ConnectionTest } from '../../components/ConnectionTest.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Notice } from '../../components/Notice.tsx';
import {
  endpointText,
  fingerprintOf,
  needsTlsConfirmation,
  newPoolId,
  tlsIf,
} from '../../components/poolChoice.ts';
import { RadioCards } from '../../components/RadioCards.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './Pools.module.css';
import { useText } from '../../text.ts';

interface PoolDialogProps {
  /** Null for a new one. */
  readonly pool: PoolSettings | null;
  readonly onSave: (pool: PoolSettings) => void;
  readonly onClose: () => void;
}

const kinds = ['stratum', 'daemon'] as const;
const fingerprintPattern = /^[0-9a-f]{64}$/;

export function PoolDialog({ pool, onSave, onClose }: PoolDialogProps) {
  const { t, sentence } = useText();
  const { settings } = useReady();
  const call = useApp((state) => state.call);
  const stratum = pool?.kind === 'stratum' ? pool : null;
  const [kind, setKind] = useState<PoolSettings['kind']>(pool?.kind ?? 'stratum');
  const [address, setAddress] = useState(pool ? endpointText(pool) : '');
  const [name, setName] = useState(pool?.name ?? '');
  /** Null: as the port suggests. */
  const [tls, setTls] = useState<boolean | null>(pool ? pool.tls.use !== 'none' : null);
  const [password, setPassword] = useState(stratum?.password ?? 'x');
  const [rigId, setRigId] = useState(stratum?.rigId ?? '');
  const [login, setLogin] = useState(stratum?.login.use === 'text' ? stratum.login.text : '');
  const [fingerprint, setFingerprint] = useState((pool && fingerprintOf(pool)) ?? '');
  const [addressError, setAddressError] = useState<string>();
  const [fingerprintError, setFingerprintError] = useState<string>();
  const [askedForPlain, setAskedForPlain] = useState(false);
  const [plainConfirmed, setPlainConfirmed] = useState(false);

  /** The pool that the fields describe, or null with the reason beside a field. */
  async function describe(): Promise<PoolSettings | null> {
    const trusted = fingerprint.trim().toLowerCase().replaceAll(':', '');
    if (trusted !== '' && !fingerprintPattern.test(trusted)) {
      setFingerprintError(t('pools.fingerprintWrong'));
      return null;
    }
    const parsed = await call((bridge) => bridge.pool.parse({ text: address.trim() }));
    if (!parsed.ok) {
      setAddressError(sentence(parsed.error));
      return null;
    }
    const { host, port } = parsed.value;
    const place = {
      id: pool?.id ?? newPoolId(),
      name: name.trim() === '' ? host.slice(0, 80) : name.trim(),
      host,
      port,
      tls: tlsIf(tls ?? parsed.value.tls, trusted === '' ? undefined : trusted),
    };
    if (kind === 'daemon') return { ...(pool?.kind === 'daemon' ? pool : {}), ...place, kind };
    return {
      ...place,
      kind,
      login: login.trim() === '' ? { use: 'wallet' } : { use: 'text', text: login.trim() },
      password,
      ...(rigId.trim() === '' ? {} : { rigId: rigId.trim() }),
    };
  }

  async function save() {
    const described = await describe();
    if (!described) return;
    if (needsTlsConfirmation(described) && !plainConfirmed) {
      setAskedForPlain(true);
      return;
    }
    onSave(described);
  }

  const ready = address.trim() !== '';
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
          <Button
            variant="primary"
            disabled={!ready || (askedForPlain && !plainConfirmed)}
            onClick={() => void save()}
          >
            {t('control.save')}
          </Button>
        </>
      }
    >
      {!pool && (
        <RadioCards
          label={t('pool.choices')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`pools.kinds.${value}`) }))}
          layout="row"
        />
      )}
      <>
        <TextField
          mono
          list="known-pools"
          label={kind === 'daemon' ? t('pool.nodeAddress') : t('pool.address')}
          hint={kind === 'daemon' ? t('pool.nodeAddressHint') : t('pool.addressHint')}
          value={address}
          error={addressError}
          onChange={(text) => {
            setAddress(text);
            setAddressError(undefined);
            setAskedForPlain(false);
          }}
        />
        {kind === 'stratum' && (
          <datalist id="known-pools">
            {knownPools.map((known) => (
              <option key={known.id} value={endpointText(known)} label={known.name} />
            ))}
          </datalist>
        )}
        <TextField label={t('pools.name')} value={name} onChange={setName} maxLength={80} />
        <details className={styles.more}>
          <summary>{t('pools.more')}</summary>
          <div className={styles.moreFields}>
            <SwitchRow
              label={t('pool.tls')}
              checked={tls ?? address.trim().endsWith(':443')}
              onChange={setTls}
            />
            <TextField
              label={t('pools.password')}
              hint={t('pools.passwordHint')}
              value={password}
              onChange={setPassword}
              maxLength={255}
            />
            <TextField label={t('pools.rigId')} value={rigId} onChange={setRigId} maxLength={31} />
            <TextField
              mono
              label={t('pools.login')}
              hint={t('pools.loginHint')}
              value={login}
              onChange={setLogin}
              maxLength={512}
            />
            <TextField
              mono
              label={t('pools.fingerprint')}
              hint={t('pools.fingerprintHint')}
              value={fingerprint}
              error={fingerprintError}
              onChange={(text) => {
                setFingerprint(text);
                setFingerprintError(undefined);
              }}
            />
          </div>
        </details>
        {askedForPlain && (
          <Notice tone="caution" alert>
            <p>{t('pool.noTls')}</p>
            <CheckField
              label={t('pool.noTlsConfirm')}
              checked={plainConfirmed}
              onChange={setPlainConfirmed}
            />
          </Notice>
        )}
        {ready && (
          <ConnectionTest
            key={`${kind} ${address}`}
            pool={describe}
            address={settings.wallet?.address ?? ''}
            onTrust={setFingerprint}
          />
        )}
      </>
    </Modal>
  );
}
