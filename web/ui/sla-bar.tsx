import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { slaHue, slaPart } from './sla-part.ts';
import styles from './sla-bar.module.css';

/** The part of the SLA that is used up: as a bar, as a colour, and in words. */
export function SlaBar({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const now = useNow();
  const sla = slaPart(ticket, now);
  if (sla === null) return <span className={styles.none}>{t(`sla.idle.${idleReason(ticket)}`)}</span>;
  const clock = t(`sla.clock.${sla.clock}`);
  const overdue = sla.remainingMs < 0;
  const time = duration(Math.abs(sla.remainingMs));
  return (
    <span className={styles.sla} data-overdue={overdue} style={{ '--hue': slaHue(sla.part) } as React.CSSProperties}>
      <span className={styles.label}>
        {overdue && <span aria-hidden="true">⚠ </span>}
        {overdue ? t('sla.overdue', { clock, time }) : t('sla.in', { clock, time })}
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.used} style={{ inlineSize: `${Math.min(100, sla.part * 100)}%` }} />
      </span>
    </span>
  );
}

function idleReason({ status }: Ticket): 'pending' | 'on-hold' | 'done' | 'none' {
  if (status === 'pending' || status === 'on-hold') return status;
  return status === 'solved' || status === 'closed' ? 'done' : 'none';
}
