import { useEffect, useState } from 'react';
import type { Connection } from '../../../electron/contract/connections.ts';
import { fileSize, NO_FIGURE } from '../../../electron/contract/text/numbers.ts';
import { moment } from '../../../electron/contract/text/time.ts';
import { Badge } from '../../components/Badge.tsx';
import { Card } from '../../components/Card.tsx';
import { endpointText } from '../../components/poolChoice.ts';
import { wallMs } from '../../store/pageClock.ts';
import { useApp, useOfSnapshot } from '../../store/StoreContext.tsx';
import { useNow } from '../../store/useNow.ts';
import { useText } from '../../text.ts';
import { DataTable } from '../../components/DataTable.tsx';
import table from '../../components/DataTable.module.css';
import styles from './About.module.css';

/** Whom the app speaks with, and why. */
export function ConnectionsCard() {
  const { t } = useText();
  const ask = useApp((state) => state.ask);
  const nowMs = useNow(wallMs);
  const state = useOfSnapshot(({ session }) => session.state);
  const [connections, setConnections] = useState<readonly Connection[]>([]);
  useEffect(() => {
    void ask((bridge) => bridge.connections.list()).then((listed) => setConnections(listed ?? []));
  }, [ask, state]);

  return (
    <Card title={t('connections.title')}>
      <p className={styles.quiet}>
        {t('connections.hint')} {t('connections.bytesHint')}
      </p>
      <DataTable name={t('connections.title')}>
        <thead>
          <tr>
            <th scope="col">{t('connections.place')}</th>
            <th scope="col">{t('connections.purpose')}</th>
            <th scope="col">{t('connections.last')}</th>
            <th scope="col">{t('connections.bytes')}</th>
            <th scope="col">{t('connections.state')}</th>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <Row
              key={JSON.stringify([connection.purpose, connection.host, connection.port])}
              connection={connection}
              nowMs={nowMs}
            />
          ))}
        </tbody>
      </DataTable>
    </Card>
  );
}

function Row({ connection, nowMs }: { readonly connection: Connection; readonly nowMs: number }) {
  const { t, language } = useText();
  const { purpose, host, port, isOn, lastAtMs, sentBytes, receivedBytes } = connection;
  const bytes = [sentBytes, receivedBytes].map((count) => fileSize(count, language));
  return (
    <tr>
      <td className={styles.place}>
        {port === null ? t('connections.anyPort', { host }) : endpointText({ host, port })}
      </td>
      <td className={table.text}>{t(`connections.purposes.${purpose}`)}</td>
      <td>{lastAtMs === null ? t('connections.never') : moment(lastAtMs, nowMs, language)}</td>
      <td className={table.time}>{lastAtMs === null ? NO_FIGURE : bytes.join(' / ')}</td>
      <td>
        <Badge tone={isOn ? 'good' : 'plain'}>
          {t(isOn ? 'connections.on' : 'connections.off')}
        </Badge>
      </td>
    </tr>
  );
}
