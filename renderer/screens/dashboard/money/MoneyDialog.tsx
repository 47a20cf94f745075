import FileText from 'lucide-react/icons/file-text';
import { useState } from 'react';
import type { Money } from '../../../../electron/contract/money.ts';
import type { Problem } from '../../../../electron/contract/problem.ts';
import type { Settings } from '../../../../electron/contract/settings.ts';
import type { TariffWindow } from '../../../../electron/contract/tariff.ts';
import { integer } from '../../../../electron/contract/text/numbers.ts';
import { Button } from '../../../components/Button.tsx';
import { Modal } from '../../../components/Modal.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { SaveActions } from '../../../components/SaveActions.tsx';
import { TextField } from '../../../components/TextField.tsx';
import { useApp, usePart, useReady } from '../../../store/StoreContext.tsx';
import { useText } from '../../../text.ts';
import { amountText, parseAmount } from './amount.ts';
import styles from './Money.module.css';
import { parseWindows, textOfWindows } from './tariffText.ts';

type MoneySettings = Settings['money'];

/** Of newly made Monero since June 2022, fees not included (Monero, TAIL emission: FINAL_SUBSIDY_PER_MINUTE). */
const USUAL_REWARD_XMR = 0.6;

interface MoneyDialogProps {
  readonly money: Money;
  readonly onClose: () => void;
}

/** What nothing tells the app, typed by the user; what is left empty is not known. */
export function MoneyDialog({ money, onClose }: MoneyDialogProps) {
  const { t, sentence, language } = useText();
  const now = useReady().settings.money;
  const nowMs = usePart('takenAtMs') ?? 0;
  const update = useApp((state) => state.update);
  const call = useApp((state) => state.call);
  const [tableFault, setTableFault] = useState<Problem | null>(null);
  const textOf = (value: number | undefined) =>
    value === undefined ? '' : amountText(value, language);
  const [draft, setDraft] = useState(() => ({
    price: textOf(now.pricePerXmr?.value),
    currency: now.currency,
    tariff: textOf(now.tariffPerKwh?.value),
    windows: textOfWindows(now.tariffPerKwh?.windows ?? [], language),
    watts: textOf(now.wattsAtWall?.value),
    difficulty: textOf(now.network?.difficulty),
    reward: textOf(now.network?.rewardXmr ?? USUAL_REWARD_XMR),
    folder: now.p2poolFolder ?? '',
  }));
  type Name = keyof typeof draft;
  const amounts = {
    price: parseAmount(draft.price, language),
    tariff: parseAmount(draft.tariff, language),
    watts: parseAmount(draft.watts, language),
    difficulty: parseAmount(draft.difficulty, language),
    reward: parseAmount(draft.reward, language),
  };
  const windows = parseWindows(draft.windows, language);
  const currency = draft.currency.trim().toUpperCase();
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const wrong = (name: keyof typeof amounts) => {
    const amount = amounts[name];
    const isFine = amount === null || (name === 'tariff' ? !Number.isNaN(amount) : amount > 0);
    return isFine ? undefined : t(name === 'tariff' ? 'money.notNumber' : 'money.notAboveZero');
  };
  const names = Object.keys(amounts) as (keyof typeof amounts)[];
  const maySave =
    isCurrency && windows !== null && names.every((name) => wrong(name) === undefined);

  async function save() {
    const { price, tariff, watts, difficulty, reward } = amounts;
    const saved = await update({
      money: {
        currency,
        pricePerXmr: dated(price, now.pricePerXmr, nowMs),
        tariffPerKwh: tariffOf(tariff, windows ?? [], now.tariffPerKwh, nowMs),
        wattsAtWall: dated(watts, now.wattsAtWall, nowMs),
        network: networkOf(difficulty, reward, now.network, nowMs),
        p2poolFolder: draft.folder.trim() === '' ? null : draft.folder.trim(),
      },
    });
    if (saved) onClose();
  }

  /** What the table holds stands in the fields, to be looked at before it is saved. */
  async function readTariff() {
    const read = await call((bridge) => bridge.money.readTariff());
    setTableFault(read.ok ? null : read.error);
    if (!read.ok || read.value === null) return;
    const { value, windows: priced } = read.value;
    setDraft((before) => ({
      ...before,
      tariff: textOf(value),
      windows: textOfWindows(priced, language),
    }));
  }

  const field = (name: Name, label: string, hint: string, error?: string) => (
    <TextField
      label={label}
      value={draft[name]}
      onChange={(text) => setDraft((before) => ({ ...before, [name]: text }))}
      hint={hint}
      error={error}
    />
  );
  return (
    <Modal
      open
      onClose={onClose}
      title={t('money.title')}
      text={t('money.dialogText')}
      actions={<SaveActions maySave={maySave} onSave={() => void save()} onCancel={onClose} />}
    >
      {field('price', t('money.priceLabel'), t('money.priceHint'), wrong('price'))}
      {field(
        'currency',
        t('money.currencyLabel'),
        t('money.currencyHint'),
        isCurrency ? undefined : t('money.notCurrency'),
      )}
      {field('tariff', t('money.tariffLabel'), t('money.tariffHint'), wrong('tariff'))}
      {field(
        'windows',
        t('money.windowsLabel'),
        t('money.windowsHint'),
        windows === null ? t('money.notWindows') : undefined,
      )}
      <div className={styles.table}>
        <Button onClick={() => void readTariff()}>
          <FileText aria-hidden />
          {t('money.readTariff')}
        </Button>
        <p className={styles.quiet}>{t('money.readTariffHint')}</p>
        {tableFault && (
          <Notice tone="danger" alert>
            {sentence(tableFault)}
          </Notice>
        )}
      </div>
      {field('watts', t('money.wattsLabel'), wattsHint(), wrong('watts'))}
      {field(
        'difficulty',
        t('money.difficultyLabel'),
        t('money.difficultyHint'),
        wrong('difficulty'),
      )}
      {field('reward', t('money.rewardLabel'), t('money.rewardHint'), wrong('reward'))}
      {field('folder', t('money.folderLabel'), t('money.folderHint'))}
    </Modal>
  );

  function wattsHint(): string {
    const { power, powerLimitWatts } = money;
    const measured = power?.source === 'measured' ? power.watts : null;
    if (measured !== null) return t('money.wattsMeasured', { watts: integer(measured, language) });
    return powerLimitWatts === null
      ? t('money.wattsHint')
      : t('money.wattsLimit', { watts: integer(powerLimitWatts, language) });
  }
}

/** What was not changed keeps its date. */
function dated(
  value: number | null,
  before: MoneySettings['pricePerXmr'],
  nowMs: number,
): MoneySettings['pricePerXmr'] {
  if (value === null) return null;
  return value === before?.value ? before : { value, atMs: nowMs };
}

function tariffOf(
  value: number | null,
  windows: TariffWindow[],
  before: MoneySettings['tariffPerKwh'],
  nowMs: number,
): MoneySettings['tariffPerKwh'] {
  if (value === null) return null;
  const isSame =
    value === before?.value && JSON.stringify(windows) === JSON.stringify(before.windows);
  return isSame ? before : { value, windows, atMs: nowMs };
}

function networkOf(
  difficulty: number | null,
  rewardXmr: number | null,
  before: MoneySettings['network'],
  nowMs: number,
): MoneySettings['network'] {
  if (difficulty === null || rewardXmr === null) return null;
  const isSame = difficulty === before?.difficulty && rewardXmr === before.rewardXmr;
  return isSame ? before : { difficulty, rewardXmr, atMs: nowMs };
}
