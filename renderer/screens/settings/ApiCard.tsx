import { useEffect, useState } from 'react';
import type { ApiState } from '../../../electron/contract/ipc.ts';
import { Card } from '../../components/Card.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import styles from './Settings.module.css';
import { useText } from '../../text.ts';

const LEAST_PORT = 1024;
const GREATEST_PORT = 65_535;

/** The read-only HTTP API for dashboards: off unless switched on here. */
export function ApiCard() {
  const { t, sentence } = useText();
  const { api } = useReady().settings;
  const update = useApp((state) => state.update);
  const ask = useApp((state) => state.ask);
  const [state, setState] = useState<ApiState>({ state: 'off' });
  const [portText, setPortText] = useState(String(api.port));
  const port = Number(portText);
  const isPort = Number.isInteger(port) && port >= LEAST_PORT && port <= GREATEST_PORT;
  const address = `http://127.0.0.1:${String(api.port)}/2/summary`;
  const failure = state.state === 'failed' ? sentence(state.problem) : undefined;

  useEffect(() => {
    let isCurrent = true;
    void ask((bridge) => bridge.api.state()).then((answer) => {
      if (isCurrent && answer) setState(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, ask]);

  return (
    <Card title={t('settings.api')}>
      <SwitchRow
        label={t('settings.apiOn')}
        hint={t('settings.apiHint')}
        checked={api.enabled}
        onChange={(enabled) => void update({ api: { ...api, enabled } })}
      />
      {api.enabled && (
        <>
          <TextField
            label={t('settings.apiPort')}
            inputMode="numeric"
            value={portText}
            onChange={setPortText}
            onBlur={() => {
              if (isPort && port !== api.port) void update({ api: { ...api, port } });
            }}
            error={isPort ? failure : t('settings.apiPortWrong')}
          />
          {state.state === 'on' && (
            <p className={styles.quiet}>
              {t('settings.apiAddress')} <code>{address}</code>
            </p>
          )}
          <div className={styles.resetRow}>
            <p className={styles.quiet}>
              {t('settings.apiToken')} <code className={styles.token}>{api.token}</code>
            </p>
            <CopyButton label={t('settings.apiCopy')} text={() => api.token} />
          </div>
        </>
      )}
    </Card>
  );
}
