import type { HealthCommand } from '../../../electron/contract/health.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { RunCommand } from '../../components/RunCommand.tsx';
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
        {canRun && <RunCommand command={command} onEnd={onEnd} />}
      </dd>
    </div>
  );
}
