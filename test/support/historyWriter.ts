/** `historyWriter.ts FOLDER`: writes minute after minute into a history, without end, and tells each that is written. */
import { HistoryStore } from '../../electron/core/history/store.ts';
import { minuteAt } from './historyRecord.ts';

const MINUTE_MS = 60_000;

const limits = { minuteDays: 1, hourDays: 1, days: 1000, bytes: 64_000_000 };
const store = new HistoryStore(process.argv[2] ?? '', () => process.exit(1), limits);

/** So that days pass quickly and old ones are reduced all the time. */
const MINUTES_APART = 240;

function writeNext(count: number): void {
  store.append([minuteAt(count * MINUTES_APART * MINUTE_MS)]);
  process.send?.(count + 1, () => writeNext(count + 1));
}
writeNext(0);
