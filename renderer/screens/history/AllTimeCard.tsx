import { useState } from 'react';
import type { HistoryFormat, HistoryOverview } from '../../../electron/contract/history.ts';
import { compact, fileSize, integer } from '../../../electron/contract/text/numbers.ts';
import { duration } from '../../../electron/contract/text/time.ts';
import type { Bridge } from '../../bridge.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Figure, Figures } from '../../components/Figure.tsx';
import { Modal } from '../../components/Modal.tsx';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import styles from './History.module.css';
import { useHistory } from '../../store/useHistory.ts';

const SIZE_EVERY_MS = 60_000;
const readState = (bridge: Bridge) => bridge.history.state();

interface AllTimeCardProps {
  readonly overview: HistoryOverview;
  readonly onDeleted: () => void;
}

/** What everything came to, where it is kept, and how to take it along or away. */
export function AllTimeCard({ overview, onDeleted }: AllTimeCardProps) {
  const { t, language } = useText();
  const { sinceMs, total, sessionCount } = overview;
  const since = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  return (
    <Card
      title={t('history.allTime')}
      aside={sinceMs !== null && t('history.since', { date: since.format(sinceMs) })}
    >
      <Figures>
        <Figure name={t('history.hashes')}>{compact(total.hashes, language)}</Figure>
        <Figure name={t('history.mined')}>{duration(total.hashingMs, language)}</Figure>
        <Figure name={t('history.sessions')}>{integer(sessionCount, language)}</Figure>
        <Figure name={t('dashboard.accepted')}>{integer(total.accepted, language)}</Figure>
        <Figure name={t('history.best')}>{compact(total.bestDifficulty, language)}</Figure>
      </Figures>
      <Files onDeleted={onDeleted} />
    </Card>
  );
}

function Files({ onDeleted }: Pick<AllTimeCardProps, 'onDeleted'>) {
  const { t, language } = useText();
  const ask = useApp((state) => state.ask);
  const run = useApp((state) => state.run);
  const state = useHistory(readState, SIZE_EVERY_MS, 0);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  async function save(format: HistoryFormat) {
    setSavedAs(null);
    setSavedAs(await ask((bridge) => bridge.history.export({ format })));
  }

  async function deleteAll() {
    setAsking(false);
    await run((bridge) => bridge.history.deleteAll());
    onDeleted();
  }

  return (
    <>
      <div className={styles.files}>
        <p className={styles.quiet}>
          {state.state === 'ready' &&
            t('history.kept', {
              folder: state.value.folder,
              size: fileSize(state.value.bytes, language),
            })}
        </p>
        <div className={styles.buttons}>
          <Button onClick={() => void save('csv')}>{t('history.exportCsv')}</Button>
          <Button onClick={() => void save('json')}>{t('history.exportJson')}</Button>
          <Button variant="ghost" onClick={() => setAsking(true)}>
            {t('history.delete')}
          </Button>
        </div>
        <p role="status" className={styles.saved}>
          {savedAs !== null && t('history.exported', { file: savedAs })}
        </p>
      </div>
      <Modal
        open={isAsking}
        onClose={() => setAsking(false)}
        title={t('history.deleteTitle')}
        text={t('history.deleteText')}
        actions={
          <>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t('control.cancel')}
            </Button>
            <Button variant="danger" onClick={() => void deleteAll()}>
              {t('history.delete')}
            </Button>
          </>
        }
      />
    </>
  );
}
