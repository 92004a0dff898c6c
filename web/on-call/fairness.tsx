import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { fairnessQuery, type Window } from '../api/schedules.ts';
import type { Schedule } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import styles from './on-call.module.css';

const kinds = ['day', 'night', 'weekend'] as const;

/** Who carries how much of the duty in sight, and of what kind; pages are those that were sent already. */
export function Fairness({ schedule, window }: { schedule: Schedule; window: Window }) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { number } = useFormats();
  const { data } = useQuery(fairnessQuery(schedule.id, window));
  if (data === undefined || data.people.length === 0) return null;
  const most = Math.max(...data.people.map(({ hours }) => hours));
  const round = (n: number): string => number(Math.round(n * 10) / 10);
  return (
    <section className={styles.section} aria-labelledby="fairness">
      <h2 id="fairness">{t('fairness.title')}</h2>
      <div className={styles.bars} aria-hidden="true">
        {data.people.map(({ user, hours, nightHours, weekendHours }) => {
          const parts = { day: hours - nightHours - weekendHours, night: nightHours, weekend: weekendHours };
          return (
            <Person key={user} name={userName(user)} total={t('hours', { hours: round(hours) })}>
              {kinds.map((kind) => (
                <span key={kind} data-kind={kind} style={{ inlineSize: `${(100 * parts[kind]) / most}%` }} />
              ))}
            </Person>
          );
        })}
      </div>
      <ul className={styles.legend} aria-hidden="true">
        {kinds.map((kind) => (
          <li key={kind}>
            <span className={styles.bar}>
              <span data-kind={kind} />
            </span>
            {t(`fairness.${kind}`)}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{t('fairness.spread', { hours: round(data.spread) })}</p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-labelledby="fairness">
        <table className={styles.table}>
          <thead>
            <tr>
              {(['person', 'hours', 'night', 'weekend', 'weighted', 'shifts', 'pages'] as const).map((column) => (
                <th scope="col" key={column}>
                  {t(`fairness.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.people.map(({ user, hours, nightHours, weekendHours, weightedHours, shifts, pages }) => (
              <tr key={user}>
                <th scope="row" dir="auto">
                  {userName(user)}
                </th>
                {[hours, nightHours, weekendHours, weightedHours, shifts, pages].map((value, i) => (
                  <td key={i}>{round(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Person({ name, total, children }: { name: string; total: string; children: React.ReactNode }) {
  return (
    <>
      <span dir="auto">{name}</span>
      <span className={styles.bar}>{children}</span>
      <span>{total}</span>
    </>
  );
}
