import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import {
  isAllowed,
  painted,
  type Week,
  type WeekHour,
} from '../../../electron/contract/schedule.ts';
import { directionOf } from '../../../electron/contract/text/language.ts';
import { integer } from '../../../electron/contract/text/numbers.ts';
import { useText } from '../../text.ts';
import { cx } from '../../components/cx.ts';
import styles from './WeekGrid.module.css';

interface WeekGridProps {
  readonly label: string;
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

/** What is being painted: from where, and with what. */
interface Stroke {
  readonly from: WeekHour;
  readonly allowed: boolean;
}

const days = [0, 1, 2, 3, 4, 5, 6];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

function namesIn(language: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  /** The first of January 2024 was a Monday. */
  const day = (of: number) => Date.UTC(2024, 0, 1 + of);
  const time = (of: number) => Date.UTC(2024, 0, 1, of);
  return {
    days: days.map((of) => format({ weekday: 'long' }).format(day(of))),
    shortDays: days.map((of) => format({ weekday: 'short' }).format(day(of))),
    hours: hours.map((of) => integer(of, language)),
    times: hours.map((of) => format({ timeStyle: 'short' }).format(time(of))),
  };
}

/** Where a key leads; the hours run as the language is written. */
function stepOf(key: string, language: string): Partial<WeekHour> | undefined {
  const rightwards = directionOf(language) === 'ltr' ? 1 : -1;
  const steps: Readonly<Record<string, Partial<WeekHour>>> = {
    ArrowUp: { day: -1 },
    ArrowDown: { day: 1 },
    ArrowLeft: { hour: -rightwards },
    ArrowRight: { hour: rightwards },
    Home: { hour: -23 },
    End: { hour: 23 },
  };
  return steps[key];
}

/**
 * The 168 hours of a week. Each is switched by click or Space; dragging, or Shift with arrow keys, paints the rectangle from
 * the first hour on. One of them is in the tab order, and the arrow keys move from there.
 */
export function WeekGrid({ label, week, onChange }: WeekGridProps) {
  const { t, language } = useText();
  const [active, setActive] = useState<WeekHour>({ day: 0, hour: 0 });
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const shown = stroke === null ? week : painted(week, stroke.from, active, stroke.allowed);
  const names = useMemo(() => namesIn(language), [language]);

  function begin(at: WeekHour): Stroke {
    const begun = { from: at, allowed: !isAllowed(week, at.day, at.hour) };
    setActive(at);
    setStroke(begun);
    return begun;
  }

  function finish(): void {
    if (stroke === null) return;
    setStroke(null);
    onChange(shown);
  }

  // A stroke ends wherever the button is let go, and is given up where the system takes it away.
  useEffect(() => {
    const give = () => setStroke(null);
    window.addEventListener('pointerup', finish);
    window.addEventListener('pointercancel', give);
    return () => {
      window.removeEventListener('pointerup', finish);
      window.removeEventListener('pointercancel', give);
    };
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      onChange(painted(week, active, active, !isAllowed(week, active.day, active.hour)));
      return;
    }
    const step = stepOf(event.key, language);
    if (step === undefined) return;
    event.preventDefault();
    if (event.shiftKey && stroke === null) begin(active);
    const next = {
      day: Math.min(6, Math.max(0, active.day + (step.day ?? 0))),
      hour: Math.min(23, Math.max(0, active.hour + (step.hour ?? 0))),
    };
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next.day} ${next.hour}"]`)?.focus();
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-multiselectable
      tabIndex={-1}
      className={styles.grid}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key === 'Shift' && finish()}
    >
      {/* Each cell says its own hours. */}
      <div aria-hidden className={styles.row}>
        <span />
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <span key={hour} className={styles.hour}>
            {names.hours[hour]}
          </span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} role="row" className={styles.row}>
          <span role="rowheader" className={styles.day}>
            {names.shortDays[day]}
          </span>
          {hours.map((hour) => (
            <span
              key={hour}
              role="gridcell"
              data-at={`${day} ${hour}`}
              tabIndex={day === active.day && hour === active.hour ? 0 : -1}
              aria-selected={isAllowed(shown, day, hour)}
              aria-label={t('settings.scheduleCell', {
                day: names.days[day] ?? '',
                from: names.times[hour] ?? '',
                to: names.times[(hour + 1) % 24] ?? '',
              })}
              className={cx(styles.cell, isAllowed(shown, day, hour) && styles.allowed)}
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                // Or a finger's moves would all go to the first hour.
                event.currentTarget.releasePointerCapture(event.pointerId);
                begin({ day, hour });
              }}
              onPointerEnter={() => stroke !== null && setActive({ day, hour })}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
