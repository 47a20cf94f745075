import { useState, type ReactNode } from 'react';
import type {
  KeepableKind,
  Outcome,
  UninstallPlan,
  UninstallReport,
} from '../../../electron/contract/uninstall.ts';
import { Button } from '../../components/Button.tsx';
import { CheckField } from '../../components/CheckField.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Modal } from '../../components/Modal.tsx';
import { RunCommand } from '../../components/RunCommand.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './Uninstall.module.css';

const keepable: readonly KeepableKind[] = ['settings', 'history', 'tuning'];

interface UninstallDialogProps {
  readonly plan: UninstallPlan;
  /** Something may be another now. */
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Asks once, with everything in sight; afterwards there is nothing to do but to quit. */
export function UninstallDialog({ plan, onChange, onClose }: UninstallDialogProps) {
  const { t } = useText();
  const ask = useApp((state) => state.ask);
  const answerClose = useApp((state) => state.answerClose);
  const [keep, setKeep] = useState<readonly KeepableKind[]>([]);
  const [isRemoving, setRemoving] = useState(false);
  const [report, setReport] = useState<UninstallReport | null>(null);
  // Stays in sight when they are given back, with what became of that.
  const [reserved] = useState(plan.hugePages);
  const offered = keepable.filter((kind) => plan.made.some((made) => made.kind === kind));

  async function remove() {
    setRemoving(true);
    setReport(await ask((bridge) => bridge.uninstall.run({ keep: [...keep] })));
    setRemoving(false);
  }

  if (report !== null) {
    const isPartly = report.some(({ fate }) => fate === 'failed');
    return (
      <Modal
        open
        onClose={() => undefined}
        title={isPartly ? t('uninstall.partlyTitle') : t('uninstall.doneTitle')}
        text={t('uninstall.doneText')}
        actions={
          <Button variant="primary" onClick={() => void answerClose('quit', false)}>
            {t('uninstall.quit')}
          </Button>
        }
      >
        <Places places={report} />
        <Rest plan={plan} />
      </Modal>
    );
  }
  return (
    <Modal
      open
      onClose={() => !isRemoving && onClose()}
      title={t('uninstall.askTitle')}
      text={t('uninstall.askText')}
      actions={
        <>
          <Button variant="ghost" disabled={isRemoving} onClick={onClose}>
            {t('control.cancel')}
          </Button>
          <Button variant="danger" disabled={isRemoving} onClick={() => void remove()}>
            {isRemoving ? t('uninstall.removing') : t('uninstall.confirm')}
          </Button>
        </>
      }
    >
      {plan.made.length === 0 ? <p>{t('uninstall.nothing')}</p> : <Places places={plan.made} />}
      {offered.map((kind) => (
        <CheckField
          key={kind}
          label={t(`uninstall.keep.${kind}`)}
          checked={keep.includes(kind)}
          onChange={(isKept) =>
            setKeep(isKept ? [...keep, kind] : keep.filter((kept) => kept !== kind))
          }
        />
      ))}
      <Rest
        plan={{
          ...plan,
          hugePages: reserved && { ...reserved, count: plan.hugePages?.count ?? 0 },
        }}
        onRun={onChange}
      />
    </Modal>
  );
}

function Places({ places }: { readonly places: UninstallPlan['made'] | UninstallReport }) {
  const { t, sentence } = useText();
  const fateOf = (outcome: Outcome) =>
    outcome.fate === 'failed'
      ? t('uninstall.fates.failed', { problem: sentence(outcome.problem) })
      : t(`uninstall.fates.${outcome.fate}`);
  return (
    <ul className={styles.places}>
      {places.map((one) => (
        <li key={one.place}>
          {t(`uninstall.made.${one.kind}`)}
          <code>{one.place}</code>
          {'fate' in one && <strong>{fateOf(one)}</strong>}
        </li>
      ))}
    </ul>
  );
}

interface RestProps {
  readonly plan: UninstallPlan;
  /** Told when a command was run; without it, none is. */
  readonly onRun?: () => void;
}

/** What only the user can remove. */
function Rest({ plan: { foreign, installation, hugePages }, onRun }: RestProps) {
  const { t, language } = useText();
  const names = new Intl.ListFormat(language, { style: 'narrow' }).format(foreign);
  return (
    <>
      {foreign.length > 0 && <p>{t('uninstall.foreign', { names })}</p>}
      {hugePages !== null && (
        <Command
          title={t('uninstall.hugePagesTitle')}
          text={t('uninstall.hugePages', { count: hugePages.count })}
          command={hugePages.undo.command}
        >
          {hugePages.undo.canRun === true && onRun !== undefined && (
            <RunCommand command={hugePages.undo.command} onEnd={onRun} />
          )}
        </Command>
      )}
      <Command
        title={t('uninstall.programTitle')}
        text={t(`uninstall.program.${installation.kind}`)}
        command={installation.command}
      />
    </>
  );
}

function Command(props: {
  readonly title: string;
  readonly text: string;
  readonly command: string;
  readonly children?: ReactNode;
}) {
  const { t } = useText();
  return (
    <section className={styles.command}>
      <h3>{props.title}</h3>
      <p>{props.text}</p>
      <code>{props.command}</code>
      <CopyButton label={t('control.copyCommand')} text={() => props.command} />
      {props.children}
    </section>
  );
}
