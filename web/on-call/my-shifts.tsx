import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shiftsQuery, type Window } from '../api/schedules.ts';
import { useMay, useSession } from '../api/session.ts';
import type { Schedule, Shift } from '../api/types.ts';
import { useDutyTimes } from './duty-times.ts';
import { Feed } from './feed.tsx';
import styles from './on-call.module.css';
import { SwapButton } from './swap-button.tsx';

const listed = 10;

/** The user's own shifts to come, in all schedules. */
export function MyShifts({ schedules, window }: { schedules: readonly Schedule[]; window: Window }) {
  const { t } = useTranslation('on-call');
  const { user } = useSession();
  const mayWork = useMay('work');
  const rosters = useQueries({ queries: schedules.map(({ id }) => shiftsQuery(id, window)) });
  const mine = schedules
    .flatMap((schedule, i) => (rosters[i]?.data?.shifts ?? []).map((shift) => ({ schedule, shift })))
    .filter(({ shift }) => shift.users.includes(user.id))
    .toSorted((a, b) => Date.parse(a.shift.start) - Date.parse(b.shift.start));
  return (
    <section className={styles.section} aria-labelledby="mine">
      <h2 id="mine">{t('mine')}</h2>
      {mine.length === 0 ? (
        <p className={styles.quiet}>{t('noShifts')}</p>
      ) : (
        <ul className={styles.list}>
          {mine.slice(0, listed).map(({ schedule, shift }) => (
            <MyShift key={schedule.id + shift.start} schedule={schedule} shift={shift} />
          ))}
        </ul>
      )}
      {mayWork && <Feed user={user.id} />}
    </section>
  );
}

function MyShift({ schedule, shift }: { schedule: Schedule; shift: Shift }) {
  const { span } = useDutyTimes(schedule.timeZone);
  const mayWork = useMay('work');
  return (
    <li>
      <span>
        <strong dir="auto">{schedule.name}</strong>
        <span className={styles.when}>{span(shift.start, shift.end)}</span>
      </span>
      {mayWork && <SwapButton schedule={schedule} shift={shift} />}
    </li>
  );
}
