import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type uPlot from 'uplot';
import type { RatePoint } from '../store/recentRates.ts';
import { useText } from '../text.ts';
import styles from './Chart.module.css';
import { plotAxes, rateScale, rateSeries, usePlot, type PlotOptions } from './plot.ts';

/** A young history is not squeezed into the right edge, nor stretched from a point to a plain. */
const LEAST_SECONDS = 120;
const MINUTES = [1, 2, 5, 10, 15].map((minutes) => minutes * 60);

interface HashrateChartProps {
  readonly points: readonly RatePoint[];
  /** What a point says when it is pointed at. */
  readonly describe: (point: RatePoint) => string;
}

/** The rate over the last fifteen minutes. Its table twin (RateTable) is for those who cannot see it. */
export function HashrateChart({ points, describe }: HashrateChartProps) {
  const { t, language } = useText();
  const [shown, setShown] = useState<RatePoint | null>(null);
  const drawn = useRef(points);
  useEffect(() => {
    drawn.current = points;
  }, [points]);
  const options = useMemo(
    () => (element: HTMLElement) => optionsOf(element, language, drawn, setShown),
    [language],
  );
  const data = useMemo(
    (): [number[], (number | null)[]] => [
      points.map((point) => point.timeMs / 1000),
      points.map((point) => point.hashesPerSecond),
    ],
    [points],
  );
  const { holder } = usePlot(options, data);
  return (
    <div className={styles.fills}>
      <p className={styles.readout} aria-hidden>
        {shown && describe(shown)}
      </p>
      <div ref={holder} className={styles.chart} role="img" aria-label={t('dashboard.chart')} />
    </div>
  );
}

function optionsOf(
  element: HTMLElement,
  language: string,
  drawn: RefObject<readonly RatePoint[]>,
  onShown: (point: RatePoint | null) => void,
): PlotOptions {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const tell = ({ cursor }: uPlot) => {
    const index = (cursor.left ?? -1) < 0 ? null : cursor.idx;
    onShown(index == null ? null : (drawn.current[index] ?? null));
  };
  return {
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    // The label of the newest minute reaches half its width beyond the chart.
    padding: [8, 30, 0, 0],
    scales: {
      x: { time: true, range: (_, first, last) => [Math.min(first, last - LEAST_SECONDS), last] },
      y: rateScale,
    },
    series: [{}, rateSeries(element)],
    axes: plotAxes(element, language, {
      // The labels tell minutes, so no two lines stand in the same one.
      incrs: MINUTES,
      values: (_, seconds) => seconds.map((second) => time.format(second * 1000)),
    }),
    hooks: { setCursor: [tell] },
  };
}
