import { knownPools } from '../../../electron/contract/knownPools.ts';
import { useText } from '../../text.ts';
import { endpointText } from '../poolChoice.ts';
import { SwitchRow } from '../SwitchRow.tsx';
import { TextField } from '../TextField.tsx';
import type { FieldProblem, PoolDraft } from './draft.ts';
import styles from './PoolFields.module.css';

interface PoolFieldsProps {
  readonly draft: PoolDraft;
  readonly onChange: (part: Partial<PoolDraft>) => void;
  /** What the address suggests, until the switch is touched. */
  readonly suggestedTls: boolean;
  readonly addressError: string | undefined;
  readonly wrong: FieldProblem | null;
}

/** The fields of a pool or a node of one's own: the same in the wizard and in the dialog. */
export function PoolFields(props: PoolFieldsProps) {
  const { draft, onChange, suggestedTls, addressError, wrong } = props;
  const { t } = useText();
  const isNode = draft.kind === 'daemon';
  return (
    <>
      <TextField
        mono
        key={draft.kind}
        list={isNode ? undefined : 'known-pools'}
        label={isNode ? t('pool.nodeAddress') : t('pool.address')}
        hint={isNode ? t('pool.nodeAddressHint') : t('pool.addressHint')}
        value={draft.address}
        error={addressError ?? (wrong === 'onionAlone' ? t('pools.onionAlone') : undefined)}
        onChange={(address) => onChange({ address })}
      />
      {!isNode && (
        <datalist id="known-pools">
          {knownPools.map((known) => (
            <option key={known.id} value={endpointText(known)} label={known.name} />
          ))}
        </datalist>
      )}
      <SwitchRow
        label={t('pool.tls')}
        checked={draft.tls ?? suggestedTls}
        onChange={(tls) => onChange({ tls })}
      />
      {isNode && (
        <div className={styles.pair}>
          <TextField
            label={t('pools.rpcUser')}
            hint={t('pools.rpcUserHint')}
            value={draft.rpcUser}
            onChange={(rpcUser) => onChange({ rpcUser })}
            maxLength={255}
          />
          <TextField
            label={t('pools.rpcPassword')}
            type="password"
            value={draft.rpcPassword}
            onChange={(rpcPassword) => onChange({ rpcPassword })}
            maxLength={255}
          />
        </div>
      )}
      <details className={styles.more}>
        <summary>{t('pools.more')}</summary>
        <div className={styles.moreFields}>
          <TextField
            label={t('pools.name')}
            value={draft.name}
            onChange={(name) => onChange({ name })}
            maxLength={80}
          />
          {isNode ? (
            <TextField
              label={t('pools.zmqPort')}
              hint={t('pools.zmqPortHint')}
              inputMode="numeric"
              value={draft.zmqPort}
              error={wrong === 'zmqPort' ? t('pools.zmqPortWrong') : undefined}
              onChange={(zmqPort) => onChange({ zmqPort })}
            />
          ) : (
            <StratumFields draft={draft} onChange={onChange} />
          )}
          <TextField
            mono
            list="proxies"
            label={t('pools.proxy')}
            hint={t('pools.proxyHint')}
            value={draft.proxy}
            error={wrong === 'proxy' ? t('pools.proxyWrong') : undefined}
            onChange={(proxy) => onChange({ proxy })}
          />
          <datalist id="proxies">
            <option value="127.0.0.1:9050" label={t('pools.tor')} />
            <option value="127.0.0.1:9150" label={t('pools.torBrowser')} />
          </datalist>
          <TextField
            mono
            label={t('pools.fingerprint')}
            hint={t('pools.fingerprintHint')}
            value={draft.fingerprint}
            error={wrong === 'fingerprint' ? t('pools.fingerprintWrong') : undefined}
            onChange={(fingerprint) => onChange({ fingerprint })}
          />
        </div>
      </details>
    </>
  );
}

function StratumFields({ draft, onChange }: Pick<PoolFieldsProps, 'draft' | 'onChange'>) {
  const { t } = useText();
  return (
    <>
      <TextField
        mono
        label={t('pools.login')}
        hint={t('pools.loginHint')}
        value={draft.login}
        onChange={(login) => onChange({ login })}
        maxLength={512}
      />
      <TextField
        label={t('pools.password')}
        hint={t('pools.passwordHint')}
        value={draft.password}
        onChange={(password) => onChange({ password })}
        maxLength={255}
      />
      <TextField
        label={t('pools.rigId')}
        value={draft.rigId}
        onChange={(rigId) => onChange({ rigId })}
        maxLength={31}
      />
    </>
  );
}
