import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { painted, weeks, type Week } from '../../../electron/contract/schedule.ts';
import { defaultSettings } from '../../../electron/contract/settings.ts';
import { allowedHours, isScheduled, nextScheduled } from '../../../electron/core/rules/schedule.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const never = weeks.always.map((day) => day.replaceAll('1', '0'));

const zoneBefore = process.env['TZ'];
afterAll(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

/** Clock changes of an hour and of half an hour, offsets of halves and quarters, a far east and a far west. */
const zones = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe'],
  ...[
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
    'Africa/Casablanca',
  ],
];

/** Day and hour as the calendar of that zone writes them. */
function calendar(zone: string): (wallMs: number) => { day: number; hour: number } {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' },
  });
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return (wallMs) => {
    const parts = Object.fromEntries(
      format.formatToParts(wallMs).map(({ type, value }) => [type, value]),
    );
    return { day: days.indexOf(parts['weekday'] ?? ''), hour: Number(parts['hour']) };
  };
}

const anyWeek: fc.Arbitrary<Week> = fc.oneof(
  fc.constantFrom(...Object.values(weeks)),
  fc.array(
    fc
      .array(fc.constantFrom('0', '1'), { minLength: 24, maxLength: 24 })
      .map((hours) => hours.join('')),
    { minLength: 7, maxLength: 7 },
  ),
  // One hour a week.
  fc
    .record({ day: fc.integer({ min: 0, max: 6 }), hour: fc.integer({ min: 0, max: 23 }) })
    .map((at) => painted(never, at, at, true)),
);
const anyTime = fc.oneof(
  fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
  // Around the clock changes of spring and autumn 2026, north and south.
  fc
    .tuple(
      fc.constantFrom(
        ...[Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 2, 8, 7)],
        ...[Date.UTC(2026, 3, 4, 15), Date.UTC(2026, 9, 3, 15), Date.UTC(2026, 10, 1, 6)],
      ),
      fc.integer({ min: -36 * 60, max: 36 * 60 }),
    )
    .map(([changeMs, minutes]) => changeMs + minutes * MINUTE_MS),
);

describe.each(zones)('a weekly schedule in %s', (zone) => {
  const localTime = calendar(zone);

  it('allows the hours that the wall clock there shows', () => {
    process.env['TZ'] = zone;
    fc.assert(
      fc.property(anyWeek, anyTime, (week, wallMs) => {
        const { day, hour } = localTime(wallMs);
        expect(isScheduled(week, wallMs)).toBe(week[day]?.[hour] === '1');
      }),
    );
  });

  it('says the first moment from which mining is allowed, over clock changes too', () => {
    process.env['TZ'] = zone;
    fc.assert(
      fc.property(anyWeek, anyTime, (week, wallMs) => {
        const next = nextScheduled(week, wallMs);
        if (!week.some((day) => day.includes('1'))) return next === null;
        if (next === null) return false;
        expect(isScheduled(week, next)).toBe(true);
        if (next === wallMs) return true;
        expect(isScheduled(week, next - 1)).toBe(false);
        // Nothing before it was skipped.
        for (let at = wallMs; at < next; at += QUARTER_MS) {
          const { day, hour } = localTime(at);
          if (week[day]?.[hour] === '1') return false;
        }
        return true;
      }),
      { numRuns: 60 },
    );
  });
});

describe('a clock change', () => {
  it('that skips the only hour of the week makes it wait for the next week', () => {
    process.env['TZ'] = 'Europe/Berlin';
    const sundayAtTwo = painted(never, { day: 6, hour: 2 }, { day: 6, hour: 2 }, true);
    const before = new Date(2026, 2, 29, 1, 30).getTime();
    expect(nextScheduled(sundayAtTwo, before)).toBe(new Date(2026, 3, 5, 2).getTime());
  });

  it('that repeats an hour allows it twice', () => {
    process.env['TZ'] = 'Europe/Berlin';
    const sundayAtTwo = painted(never, { day: 6, hour: 2 }, { day: 6, hour: 2 }, true);
    const at = (hourUtc: number) => Date.UTC(2026, 9, 25, hourUtc, 30);
    expect([23, 0, 1, 2].map((hour) => isScheduled(sundayAtTwo, at(hour)))).toEqual([
      ...[false, true, true, false],
    ]);
  });
});

it('painting changes the rectangle between two hours and nothing else', () => {
  const week = painted(never, { day: 4, hour: 20 }, { day: 2, hour: 22 }, true);
  const row = '0'.repeat(20) + '1110';
  expect(week).toEqual([never[0], never[1], row, row, row, never[5], never[6]]);
  expect(painted(week, { day: 2, hour: 20 }, { day: 4, hour: 22 }, false)).toEqual(never);
});

describe('the allowed hours', () => {
  const windows = [{ from: 22, to: 6, perKwh: 0.2 }];
  const allowed = (
    change: { enabled?: boolean; cheapest?: { enabled: boolean; hours: number } },
    tariff: { value: number; windows: typeof windows } | null = { value: 0.3, windows },
  ) => {
    const { rules, money } = defaultSettings();
    return allowedHours({
      rules: { ...rules, schedule: { ...rules.schedule, week: weeks.weekends, ...change } },
      money: { ...money, tariffPerKwh: tariff && { ...tariff, atMs: 1 } },
    });
  };
  const three = { cheapest: { enabled: true, hours: 3 } };

  it('are all of them, those of the schedule, and of each day’s the cheapest', () => {
    expect(allowed({})).toEqual(weeks.always);
    expect(allowed({ enabled: true })).toEqual(weeks.weekends);
    expect(allowed(three)).toEqual(Array(7).fill(`111${'0'.repeat(21)}`));
    const day = `111${'0'.repeat(21)}`;
    expect(allowed({ ...three, enabled: true })).toEqual([...never.slice(2), day, day]);
  });

  it('are those of the schedule where no hour is cheaper than another', () => {
    expect(allowed(three, null)).toEqual(weeks.always);
    expect(allowed(three, { value: 0.3, windows: [] })).toEqual(weeks.always);
  });
});
