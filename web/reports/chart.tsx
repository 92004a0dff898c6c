import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReportJson } from '../api/types.ts';
import type { KindName } from './kinds.ts';
import styles from './reports.module.css';
import { regional } from '../i18n/format.ts';
import { useFigure } from './figure.ts';

/** Told apart without colours, too: by their dashes. */
const strokes = [
  { light: '#1864ab', dark: '#74c0fc', dash: [] },
  { light: '#2b8a3e', dark: '#8ce99a', dash: [8, 4] },
  { light: '#a61e4d', dark: '#faa2c1', dash: [2, 3] },
] as const;

interface ChartProps {
  readonly name: KindName;
  readonly report: ReportJson;
  readonly charted: readonly string[];
}

/** The periods of a report as lines. The table beside it says the same in words, so that it is a picture and no more. */
export function Chart({ name, report, charted }: ChartProps) {
  const { t, i18n } = useTranslation('reports');
  const figure = useFigure();
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const unit = report.columns.find(({ key }) => key === charted[0])?.unit ?? 'count';
  const shown = useRef(figure);
  shown.current = figure;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const ink = scheme === 'dark' ? '#ced4da' : '#495057';
    const grid = { stroke: scheme === 'dark' ? '#373a40' : '#e9ecef', width: 1 };
    const date = new Intl.DateTimeFormat(regional(i18n.language), { day: 'numeric', month: 'short' });
    const starts = report.rows.map(({ key }) => Date.parse(key) / 1000);
    const words = (value: number | null): string => shown.current(value, unit);
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 260,
        // The table says it in numbers.
        legend: { live: false },
        cursor: { show: false },
        scales: { y: { range: (_plot, _min, max) => [0, Math.max(max, 1) * 1.1] } },
        axes: [
          {
            stroke: ink,
            grid,
            // A label for whole periods alone.
            splits: () => starts.filter((_, i) => i % Math.ceil(starts.length / 12) === 0),
            values: (_plot, at) => at.map((one) => date.format(one * 1000)),
          },
          { stroke: ink, grid, size: 90, values: (_plot, values) => values.map(words) },
        ],
        series: [
          {},
          ...charted.map((key, i) => {
            const stroke = strokes[i % strokes.length] ?? strokes[0];
            return {
              label: t(`column.${name}.${key}` as 'column.volume.opened'),
              stroke: stroke[scheme],
              width: 2,
              dash: [...stroke.dash],
              points: { show: report.rows.length < 40, size: 5 },
            };
          }),
        ],
      },
      [starts, ...charted.map((key) => report.rows.map(({ values }) => values[key] ?? null))],
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 260 }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [charted, i18n.language, name, report, scheme, t, unit]);
  return <div ref={place} className={styles.chart} aria-hidden="true" />;
}
