import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { painted, weeks, type Week } from '../../../electron/contract/schedule.ts';
import { isScheduled, nextScheduled } from '../../../electron/core/rules/schedule.ts';

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
