import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wall } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { PriorityTag } from '../ui/tags.tsx';
import { countDown } from './count-down.ts';
import styles from './wall.module.css';

/** What a line shows of a subject at most; the rest would be cut off all the same. */
const shownSubject = 120;
const soonMs = 5 * 60_000;

/** The promises that are broken next unless somebody acts, counting down. */
export function NextBreaches({ breaches, most }: { breaches: Wall['nextBreaches']; most: number }) {
  const { t } = useTranslation(['wall', 'desk']);
  return (
    <section className={styles.next} aria-labelledby="wall-next">
      <h2 id="wall-next">{t('next')}</h2>
      {breaches.length === 0 && <p className={styles.nothing}>{t('nothingDue')}</p>}
      <ol style={{ '--lines': most } as CSSProperties}>
        {breaches.slice(0, most).map((breach) => (
          <li key={breach.id}>
            <Remaining dueAt={breach.dueAt} />
            <span className={styles.subject} dir="auto">
              {breach.subject.slice(0, shownSubject).toWellFormed()}
            </span>
            <span className={styles.clock}>{t(`desk:sla.clock.${breach.clock}`)}</span>
            <PriorityTag priority={breach.priority} />
            <span className={styles.assignee} dir="auto">
              {breach.assignee?.name ?? t('desk:queue.unassigned')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Remaining({ dueAt }: { dueAt: string }) {
  const { duration } = useFormats();
  const left = Date.parse(dueAt) - useNow();
  return (
    <time dateTime={dueAt} className={styles.remaining} data-soon={left < soonMs}>
      {countDown(left) ?? duration(left)}
    </time>
  );
}
