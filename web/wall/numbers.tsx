import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wall } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { percentText } from './percent-text.ts';
import styles from './wall.module.css';

/** The desk now, today and this month, as figures. */
export function Numbers({ wall: { open, incidents, today, month } }: { wall: Wall }) {
  const { t } = useTranslation('wall');
  const { number, duration } = useFormats();
  const { medianFirstReplySeconds: median } = today;
  const openIncidents = incidents.triggered + incidents.acknowledged;
  return (
    <>
      <Figures title={t('now')}>
        <Figure label={t('open')}>{number(open.total)}</Figure>
        <Figure label={t('unassigned')}>{number(open.unassigned)}</Figure>
        <Figure label={t('incidents')} alarm={incidents.triggered > 0}>
          {number(openIncidents)}
        </Figure>
      </Figures>
      <Figures title={t('today')}>
        <Figure label={t('opened')}>{number(today.opened)}</Figure>
        <Figure label={t('solved')}>{number(today.solved)}</Figure>
        <Figure label={t('median')}>{median === null ? '–' : duration(median * 1000)}</Figure>
      </Figures>
      <section className={styles.month} aria-labelledby="wall-month">
        <h2 id="wall-month">{t('month')}</h2>
        <strong>{month.percent === null ? '–' : percentText(month.percent, number)}</strong>
        <span>
          {month.percent === null
            ? t('nothingDecided')
            : t('kept', { kept: number(month.kept), decided: number(month.decided) })}
        </span>
      </section>
    </>
  );
}

function Figures({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.figures} aria-label={title}>
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

function Figure({ label, alarm = false, children }: { label: string; alarm?: boolean; children: ReactNode }) {
  return (
    <div className={styles.figure} data-alarm={alarm}>
      <dt>{label}</dt>
      <dd>
        {alarm && <span aria-hidden="true">▲ </span>}
        {children}
      </dd>
    </div>
  );
}
