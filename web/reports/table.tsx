import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReportJson } from '../api/types.ts';
import type { QueueSearch } from '../queue/search.ts';
import { useFormats } from '../i18n/format.ts';
import { ticketsBehind } from './drill-down.ts';
import { useFigure } from './figure.ts';
import type { KindName } from './kinds.ts';
import styles from './reports.module.css';
import { useRowLabel } from './row-label.ts';
import type { ReportSearch } from './search.ts';

interface TableProps {
  readonly name: KindName;
  readonly report: ReportJson;
  readonly search: ReportSearch;
  /** Whose bars are drawn. */
  readonly charted: readonly string[];
  /** Of the span before. */
  readonly before: ReportJson['total'] | undefined;
}

/** Every figure of a report, all together first, beside what it was in the span before. */
export function ReportTable({ name, report, search, charted, before }: TableProps) {
  const { t } = useTranslation('reports');
  const figure = useFigure();
  const labelOf = useRowLabel(report.by);
  const { columns, rows, total } = report;
  const most = Math.max(...rows.map(({ values }) => values[charted[0] ?? ''] ?? 0));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('table')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`split.${report.by}`)}</th>
            {columns.map(({ key }) => (
              <th scope="col" key={key}>
                {t(`column.${name}.${key}` as 'column.volume.opened')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={styles.total}>
            <th scope="row">{t('total')}</th>
            {columns.map(({ key, unit }) => (
              <td key={key}>
                <Counted value={total[key]} tickets={ticketsBehind(name, key, report, search)}>
                  {figure(total[key], unit)}
                </Counted>
                <Change now={total[key]} before={before?.[key]} unit={unit} />
              </td>
            ))}
          </tr>
          {rows.map(({ key, label, values, end }) => (
            <tr key={key}>
              <th scope="row" dir="auto">
                {labelOf(key, label)}
              </th>
              {columns.map((column) => (
                <td key={column.key}>
                  {report.by !== 'period' && column.key === charted[0] && (
                    <meter
                      className={styles.bar}
                      min={0}
                      max={most || 1}
                      value={values[column.key] ?? 0}
                      aria-hidden="true"
                    />
                  )}
                  <Counted
                    value={values[column.key]}
                    tickets={ticketsBehind(name, column.key, report, search, { key, end })}
                  >
                    {figure(values[column.key], column.unit)}
                  </Counted>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CountedProps {
  readonly value: number | null | undefined;
  readonly tickets: QueueSearch | undefined;
  readonly children: string;
}

/** A figure, which leads to the tickets that it counts where there are any. */
function Counted({ value, tickets, children }: CountedProps) {
  if (tickets === undefined || !value) return children;
  return (
    <Link to="/queue" search={tickets}>
      {children}
    </Link>
  );
}

interface ChangeProps {
  readonly now: number | null | undefined;
  readonly before: number | null | undefined;
  readonly unit: ReportJson['columns'][number]['unit'];
}

/** How much more or less than in the span before: in points where it is a percentage, else in percent. */
function Change({ now, before, unit }: ChangeProps) {
  const { t } = useTranslation('reports');
  const { number } = useFormats();
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const points = unit === 'percent';
  if (!points && before === 0) return null;
  const change = Math.round((points ? now - before : (100 * (now - before)) / before) * 10) / 10;
  const sign = change > 0 ? '▲ +' : change < 0 ? '▼ ' : '= ';
  return (
    <span className={styles.change} title={t('before')}>
      {sign}
      {number(change)} {points ? t('points') : '%'}
    </span>
  );
}
