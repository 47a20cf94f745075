import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { hashrateText } from '../../electron/contract/text/numbers.ts';
import type { RatePoint } from '../store/history.ts';
import styles from './HashrateChart.module.css';
import { useText } from '../text.ts';

/** A young history is not squeezed into the right edge, nor stretched from a point to a plain. */
const LEAST_SECONDS = 120;
/** A flat rate fills two thirds of the height instead of hugging the top. */
const HEADROOM = 1.35;
const MINUTES = [1, 2, 5, 10, 15].map((minutes) => minutes * 60);

/** The rate over the last fifteen minutes. Its table twin (RateTable) is for those who cannot see it. */
export function HashrateChart({ history }: { readonly history: readonly RatePoint[] }) {
  const { t, language } = useText();
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const plot = new uPlot(options(element, language), [[], []], element);
    chart.current = plot;

    const resize = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resize.observe(element);
    // Colours are read when drawing, so a change of theme only needs a new drawing.
    const redraw = () => plot.redraw(false);
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', redraw);
    return () => {
      resize.disconnect();
      theme.disconnect();
      system.removeEventListener('change', redraw);
      plot.destroy();
      chart.current = null;
    };
  }, [language]);

  useEffect(() => {
    chart.current?.setData([
      history.map((point) => point.timeMs / 1000),
      history.map((point) => point.hashesPerSecond),
    ]);
  }, [history, language]);

  return <div ref={holder} className={styles.chart} role="img" aria-label={t('dashboard.chart')} />;
}

function options(element: HTMLElement, language: string): uPlot.Options {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  // A canvas knows no custom properties: the style sheet puts each colour on a property that computes to one.
  const computed = (property: string) => () => getComputedStyle(element).getPropertyValue(property);
  const axis: uPlot.Axis = {
    stroke: computed('color'),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    // The label of the newest minute reaches half its width beyond the chart.
    padding: [8, 30, 0, 0],
    scales: {
      x: { time: true, range: (_, first, last) => [Math.min(first, last - LEAST_SECONDS), last] },
      y: { range: (_, __, highest) => [0, Math.max(1, highest * HEADROOM)] },
    },
    series: [
      {},
      {
        stroke: computed('outline-color'),
        fill: computed('text-decoration-color'),
        width: 2,
        spanGaps: false,
        points: { show: false },
      },
    ],
    axes: [
      {
        ...axis,
        space: 90,
        // The labels tell minutes, so no two lines stand in the same one.
        incrs: MINUTES,
        size: 28,
        grid: { show: false },
        values: (_, seconds) => seconds.map((second) => time.format(second * 1000)),
      },
      {
        ...axis,
        space: 30,
        size: 72,
        grid: { stroke: computed('border-top-color'), width: 1 },
        values: (_, rates) =>
          rates.map((rate) => (rate === 0 ? '0' : hashrateText(rate, language))),
      },
    ],
  };
}
