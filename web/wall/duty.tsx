import { useTranslation } from 'react-i18next';
import type { Wall } from '../api/types.ts';
import { useNow } from '../i18n/now.ts';
import type { Clock } from './use-clock.ts';
import styles from './wall.module.css';

/** More lines would not fit on a screen. */
const most = 3;
const turnMs = 10_000;

/** Who is on duty in each schedule, and until when; where there are more than fit, they take turns. */
export function OnDuty({ duty, clock }: { duty: Wall['duty']; clock: Clock }) {
  const { t } = useTranslation('wall');
  const now = useNow();
  const first = (Math.floor(now / turnMs) % Math.ceil(duty.length / most)) * most || 0;
  const shown = duty.slice(first, first + most);
  return (
    <section className={styles.duty} aria-labelledby="wall-duty">
      <h2 id="wall-duty">
        {duty.length > most
          ? t('dutyPart', { first: first + 1, last: first + shown.length, total: duty.length })
          : t('duty')}
      </h2>
      {duty.length === 0 && <p className={styles.nothing}>{t('noSchedules')}</p>}
      <ul>
        {shown.map(({ schedule, people, until }) => (
          <li key={schedule.id} data-gap={people.length === 0}>
            <span className={styles.people} dir="auto">
              {people.length === 0 ? `⚠ ${t('nobody')}` : people.map(({ name }) => name).join(', ')}
            </span>
            <span className={styles.schedule} dir="auto">
              {schedule.name}
            </span>
            <span className={styles.until}>
              {until !== null && t('until', { until: clock.timeSeenFrom(Date.parse(until), now) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
