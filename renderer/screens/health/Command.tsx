import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { CommandEnd, HealthCommand } from '../../../electron/contract/health.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Health.module.css';

interface CommandProps {
  readonly command: HealthCommand;
  readonly onEnd: () => void;
}

/** For the user to type; or, where the system has a prompt of its own for it, to be run as it stands here by a click. */
export function Command({ command: { use, command, canRun = false }, onEnd }: CommandProps) {
  const { t } = useText();
  return (
    <div className={styles.command}>
      <dt className={styles.fixTitle}>{t(`health.commands.${use}`)}</dt>
      <dd className={styles.commandLine}>
        <code>{command}</code>
        <CopyButton label={t('control.copyCommand')} text={() => command} />
        {canRun && <Run command={command} onEnd={onEnd} />}
      </dd>
    </div>
  );
}

type Running = 'not' | 'now' | Result<CommandEnd>;

function Run({ command, onEnd }: { readonly command: string; readonly onEnd: () => void }) {
  const { t, sentence } = useText();
  const call = useApp((state) => state.call);
  const [running, setRunning] = useState<Running>('not');

  async function run() {
    setRunning('now');
    setRunning(await call((bridge) => bridge.health.runCommand({ command })));
    onEnd();
  }

  function said(): string {
    if (running === 'not') return t('health.runHint');
    if (running === 'now') return t('health.runPrompt');
    return running.ok ? t(`health.runEnds.${running.value}`) : sentence(running.error);
  }

  return (
    <>
      <Button disabled={running === 'now'} onClick={() => void run()}>
        <ShieldCheck aria-hidden />
        {t('control.runCommand')}
      </Button>
      <p className={styles.runSaid} role="status">
        {said()}
      </p>
    </>
  );
}
