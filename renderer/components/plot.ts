import { useEffect, useRef, type RefObject } from 'react';
import uPlot from 'uplot';
import { hashrateText } from '../../electron/contract/text/numbers.ts';

/** What all charts have in common. */

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>;

/** A flat rate fills two thirds of the height instead of hugging the top. */
const HEADROOM = 1.35;
/** Between an axis and its labels. */
const LABEL_GAP = 8;

/**
 * A chart in the element that gets the ref, always as large as that and in the colours of the moment. It is made anew when
 * `options` is another function.
 */
export function usePlot(
  options: (element: HTMLElement) => PlotOptions,
  data: uPlot.AlignedData,
): { readonly holder: RefObject<HTMLDivElement | null>; readonly plot: RefObject<uPlot | null> } {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const made = new uPlot({ ...options(element), ...size() }, [[], []], element);
    plot.current = made;

    const resize = new ResizeObserver(() => made.setSize(size()));
    resize.observe(element);
    // Colours are read when drawing, so a change of theme only needs a new drawing.
    const redraw = () => made.redraw(false);
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', redraw);
    return () => {
      resize.disconnect();
      theme.disconnect();
      system.removeEventListener('change', redraw);
      made.destroy();
      plot.current = null;
    };
  }, [options]);

  useEffect(() => plot.current?.setData(data), [options, data]);

  return { holder, plot };
}

/** A canvas knows no custom properties: the style sheet puts each colour on a property that computes to one. */
export const computed = (element: HTMLElement, property: string) => () =>
  getComputedStyle(element).getPropertyValue(property);

/** The two axes: time, labelled by `label`, and hashes per second. */
export function plotAxes(
  element: HTMLElement,
  language: string,
  time: Pick<uPlot.Axis, 'values' | 'incrs'>,
): uPlot.Axis[] {
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis: uPlot.Axis = {
    stroke: computed(element, 'color'),
    font,
    ticks: { show: false },
  };
  return [
    { ...axis, space: 90, size: 28, grid: { show: false }, ...time },
    {
      ...axis,
      space: 30,
      gap: LABEL_GAP,
      size: (plot, labels) => widest(plot, font, labels) + LABEL_GAP,
      grid: { stroke: computed(element, 'border-top-color'), width: 1 },
      values: (_, rates) => rates.map((rate) => (rate === 0 ? '0' : hashrateText(rate, language))),
    },
  ];
}

/** Of what stands beside an axis, so that the chart begins where the text above it does. */
function widest({ ctx }: uPlot, font: string, labels: readonly string[] | null): number {
  ctx.font = font;
  return Math.ceil(Math.max(0, ...(labels ?? []).map((label) => ctx.measureText(label).width)));
}

export const rateScale: uPlot.Scale = {
  range: (_, __, highest) => [0, Math.max(1, highest * HEADROOM)],
};

export function rateSeries(element: HTMLElement): uPlot.Series {
  return {
    stroke: computed(element, 'outline-color'),
    fill: computed(element, 'text-decoration-color'),
    width: 2,
    spanGaps: false,
    points: { show: false },
  };
}
