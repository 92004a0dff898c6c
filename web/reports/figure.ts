import { useTranslation } from 'react-i18next';
import type { ReportJson } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';

type Unit = ReportJson['columns'][number]['unit'];

/** A figure as people read it, by its unit; a dash where there is none. */
export function useFigure(): (value: number | null | undefined, unit: Unit) => string {
  const { number, duration } = useFormats();
  const { t } = useTranslation('reports');
  return (value, unit) => {
    if (value === null || value === undefined) return '–';
    if (unit === 'seconds') return duration(value * 1000);
    if (unit === 'hours') return t('hours', { hours: number(Math.round(value * 10) / 10) });
    // What is a little less than all must not be rounded to it.
    if (unit === 'percent') return `${number(Math.floor(value * 10) / 10)} %`;
    return number(Math.round(value * 10) / 10);
  };
}
