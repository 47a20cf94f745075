import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { CommandEnd } from '../../electron/contract/health.ts';
import type { Result } from '../../electron/contract/result.ts';
import { useApp } from '../store/StoreContext.tsx';
import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import styles from './RunCommand.module.css';

type Running = 'not' | 'now' | Result<CommandEnd>;

interface RunCommandProps {
  readonly command: string;
  /** What was found before may be another now. */
  readonly onEnd: () => void;
}

/** Has a command that is shown beside it run by the system's own prompt, and tells what became of it. */
export function RunCommand({ command, onEnd }: RunCommandProps) {
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
      <p className={styles.said} role="status">
        {said()}
      </p>
    </>
  );
}
