import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { shiftsQuery, type Window } from '../api/schedules.ts';
import type { Schedule } from '../api/types.ts';
import { useNow } from '../i18n/now.ts';
import { type Turn, turnsOf, useDutyTimes } from './duty-times.ts';
import styles from './on-call.module.css';

/** Who is on duty in each schedule, and who comes next. */
export function NowAndNext({ schedules, window }: { schedules: readonly Schedule[]; window: Window }) {
  const { t } = useTranslation('on-call');
  const at = useNow();
  const rosters = useQueries({ queries: schedules.map(({ id }) => shiftsQuery(id, window)) });
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-labelledby="now">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('schedule')}</th>
            <th scope="col">{t('now')}</th>
            <th scope="col">{t('next')}</th>
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule, i) => {
            const roster = rosters[i]?.data;
            const turns = roster === undefined ? [] : turnsOf(roster);
            const [now, next] = turns.filter(({ end }) => Date.parse(end) > at);
            return (
              <tr key={schedule.id}>
                <th scope="row">
                  <Link to="/on-call/$id" params={{ id: schedule.id }}>
                    {schedule.name}
                  </Link>
                </th>
                <td>{now !== undefined && <TurnText turn={now} schedule={schedule} until />}</td>
                <td>{next !== undefined && <TurnText turn={next} schedule={schedule} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function TurnText({ turn, schedule, until = false }: { turn: Turn; schedule: Schedule; until?: boolean }) {
  const { t } = useTranslation('on-call');
  const { moment } = useDutyTimes(schedule.timeZone);
  const at = until ? t('until', { at: moment(turn.end) }) : t('from', { at: moment(turn.start) });
  return (
    <>
      <Who users={turn.users} />
      <span className={styles.when}>{at}</span>
    </>
  );
}

export function Who({ users }: { users: readonly string[] }) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  if (users.length === 0) {
    return (
      <strong className={styles.gap}>
        <span aria-hidden="true">⚠ </span>
        {t('nobody')}
      </strong>
    );
  }
  return <span dir="auto">{users.map(userName).join(', ')}</span>;
}
