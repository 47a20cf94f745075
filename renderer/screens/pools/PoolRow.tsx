import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import type { PoolAccountState } from '../../../electron/contract/poolAccount.ts';
import type { PoolSettings } from '../../../electron/contract/settings.ts';
import { Badge } from '../../components/Badge.tsx';
import { IconButton } from '../../components/Button.tsx';
import { ConnectionTest } from '../../components/ConnectionTest.tsx';
import { endpointText, needsTlsConfirmation } from '../../components/poolChoice.ts';
import { PoolAccount } from '../../components/poolAccount/PoolAccount.tsx';
import { useMinuteMs, useReady } from '../../store/StoreContext.tsx';
import styles from './Pools.module.css';
import { StandingLine } from './StandingLine.tsx';
import { useText } from '../../text.ts';

interface PoolRowProps {
  readonly pool: PoolSettings;
  readonly index: number;
  readonly count: number;
  /** Of a pool that can be asked what it owes the user, once for all of its servers. */
  readonly account: PoolAccountState | undefined;
  readonly onMove: (by: -1 | 1) => void;
  readonly onEdit: () => void;
  readonly onChange: (pool: PoolSettings) => void;
  readonly onRemove: () => void;
}

export function PoolRow(props: PoolRowProps) {
  const { pool, index, count, account, onMove, onEdit, onChange, onRemove } = props;
  const { t } = useText();
  const { settings } = useReady();
  const nowMs = useMinuteMs();
  const { name, kind } = pool;
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <div className={styles.rowText}>
          <p className={styles.name}>
            {name}
            <Badge tone={index === 0 ? 'good' : 'plain'}>
              {index === 0 ? t('pools.primary') : t('pools.backup', { number: index })}
            </Badge>
          </p>
          <p className={styles.endpoint}>
            {endpointText(pool)}
            {needsTlsConfirmation(pool) && <Badge tone="caution">{t('pool.plain')}</Badge>}
            {pool.tls.use !== 'none' && <Badge>{t('pool.tlsShort')}</Badge>}
            {pool.socks5 && (
              <Badge>{t('pools.through', { proxy: endpointText(pool.socks5) })}</Badge>
            )}
            {kind === 'daemon' && <Badge>{t('pools.node')}</Badge>}
          </p>
        </div>
        <div className={styles.buttons}>
          <IconButton
            label={t('pools.up', { name })}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            label={t('pools.down', { name })}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton label={t('pools.edit', { name })} onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t('pools.remove', { name })} disabled={count === 1} onClick={onRemove}>
            <Trash aria-hidden />
          </IconButton>
        </div>
      </div>
      <StandingLine pool={pool} isPrimary={index === 0} />
      {/* Another place or login is another test; TLS is what the test itself may change. */}
      <ConnectionTest
        key={JSON.stringify({ ...pool, tls: null })}
        name={name}
        pool={() => Promise.resolve(pool)}
        address={settings.wallet?.address ?? ''}
        onTls={(tls) => onChange({ ...pool, tls })}
      />
      {account && <PoolAccount state={account} nowMs={nowMs} />}
    </li>
  );
}
