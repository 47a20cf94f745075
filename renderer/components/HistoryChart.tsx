import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type uPlot from 'uplot';
import type { HistoryPoint, HistoryView } from '../../electron/contract/history.ts';
import { useText } from '../text.ts';
import styles from './Chart.module.css';
import { heldBy, stepsOf } from './historySteps.ts';
import { computed, plotAxes, rateScale, rateSeries, usePlot, type PlotOptions } from './plot.ts';

const DAY_MS = 86_400_000;

interface HistoryChartProps {
  readonly view: HistoryView;
  readonly label: string;
  /** What a point says when it is pointed at. */
  readonly describe: (point: HistoryPoint) => string;
  /** Said while nothing is. */
  readonly hint: string;
  /** Takes the height that its card leaves, and says on itself what is pointed at. */
  readonly fills?: boolean;
}

/**
 * The rate of each step of a span: a gap where nothing was mined, shaded where mining was paused or waited. The pointer and
 * the arrow keys go from step to step. Its table twin is
 * HistoryTable.
 */
export function HistoryChart(props: HistoryChartProps) {
  const { view, label, describe, hint, fills = false } = props;
  const { language } = useText();
  const { points } = view;
  const [shown, setShown] = useState<number | null>(null);
  // What is drawn changes all the time, and the chart stays the same one.
  const drawn = useRef(view);
  useEffect(() => {
    drawn.current = view;
  }, [view]);
  const options = useMemo(
    () => (element: HTMLElement) => optionsOf(element, language, drawn, setShown),
    [language],
  );
  const data = useMemo(() => stepsOf(points), [points]);
  const { holder, plot } = usePlot(options, data);
  const point = shown === null ? undefined : points[shown];

  function goTo(index: number): void {
    const next = points[Math.min(points.length - 1, Math.max(0, index))];
    if (next === undefined || plot.current === null) return;
    const middle = (next.atMs + next.untilMs) / 2;
    plot.current.setCursor({ left: plot.current.valToPos(middle, 'x'), top: 0 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const from = shown ?? points.length;
    const ways: Readonly<Record<string, number>> = {
      ...{ ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - 10, PageDown: from + 10 },
      ...{ Home: 0, End: points.length - 1 },
    };
    const to = ways[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  }

  return (
    <div className={fills ? styles.fills : undefined}>
      <p className={styles.readout} aria-hidden>
        {point !== undefined ? describe(point) : fills ? null : hint}
      </p>
      <div
        ref={holder}
        className={styles.chart}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={shown ?? Math.max(0, points.length - 1)}
        aria-valuetext={point === undefined ? hint : describe(point)}
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
      />
    </div>
  );
}

function optionsOf(
  element: HTMLElement,
  language: string,
  drawn: RefObject<HistoryView>,
  onShown: (index: number | null) => void,
): PlotOptions {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, options);
  const [clock, day, month] = [
    format({ hour: '2-digit', minute: '2-digit' }),
    format({ day: 'numeric', month: 'short' }),
    format({ month: 'short' }),
  ];
  const shades = {
    paused: computed(element, 'column-rule-color'),
    waiting: computed(element, 'caret-color'),
  };
  const shade = (plot: uPlot) => {
    const { ctx, bbox } = plot;
    for (const point of drawn.current.points) {
      const why = heldBy(point);
      if (why === null) continue;
      // Whole pixels, or neighbours would show a seam.
      const left = Math.round(plot.valToPos(point.atMs, 'x', true));
      const right = Math.round(plot.valToPos(point.untilMs, 'x', true));
      ctx.fillStyle = shades[why]();
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
    }
  };
  const tell = (plot: uPlot) => {
    const { left = -1 } = plot.cursor;
    const at = left < 0 ? NaN : plot.posToVal(left, 'x');
    const index = drawn.current.points.findIndex(({ atMs, untilMs }) => atMs <= at && at < untilMs);
    onShown(index < 0 ? null : index);
  };
  return {
    ms: 1,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    padding: [8, 30, 0, 0],
    scales: {
      x: { time: true, range: () => [drawn.current.fromMs, drawn.current.beforeMs] },
      y: rateScale,
    },
    series: [{}, rateSeries(element)],
    axes: plotAxes(element, language, {
      values: (_, times, __, ___, apartMs) => {
        const by = apartMs >= 28 * DAY_MS ? month : apartMs >= DAY_MS ? day : clock;
        return times.map((time) => by.format(time));
      },
    }),
    hooks: { drawClear: [shade], setCursor: [tell] },
  };
}
