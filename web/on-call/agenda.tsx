import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { overridesQuery, removeOverride, shiftsQuery, type Window } from '../api/schedules.ts';
import { useMay } from '../api/session.ts';
import type { Override, Schedule } from '../api/types.ts';
import { type Turn, turnsOf, useDutyTimes } from './duty-times.ts';
import { Failure } from './failure.tsx';
import { Who } from './now-and-next.tsx';
import styles from './on-call.module.css';
import { useDutyChange } from './use-duty.ts';

const Cover = lazy(() => import('./cover.tsx').then((it) => ({ default: it.Cover })));

interface AgendaProps {
  readonly schedule: Schedule;
  readonly window: Window;
}

/** Every shift and every gap in words, each of which somebody else can take. */
export function Agenda({ schedule, window }: AgendaProps) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { span } = useDutyTimes(schedule.timeZone);
  const mayWork = useMay('work');
  const { data: roster } = useQuery(shiftsQuery(schedule.id, window));
  const [covering, setCovering] = useState<Turn | null>(null);
  return (
    <section className={styles.section} aria-labelledby="agenda">
      <h2 id="agenda">{t('agenda')}</h2>
      <ul className={styles.list}>
        {(roster === undefined ? [] : turnsOf(roster)).map((turn) => (
          <li key={turn.start}>
            <span>
              <Who users={turn.users} />
              {turn.shadows?.map((id) => (
                <span key={id} className={styles.quiet} dir="auto">
                  {' '}
                  {t('shadow', { name: userName(id) })}
                </span>
              ))}
              <span className={styles.when}>{span(turn.start, turn.end)}</span>
            </span>
            {mayWork && Date.parse(turn.end) > Date.now() && (
              <Button size="compact-sm" variant="default" onClick={() => setCovering(turn)}>
                {t('cover.open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Suspense>
        {covering !== null && <Cover schedule={schedule} turn={covering} onClose={() => setCovering(null)} />}
      </Suspense>
    </section>
  );
}

/** What was entered by hand, and can be taken back. */
export function Overrides({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('on-call');
  const { data = [] } = useQuery(overridesQuery(schedule.id));
  const ahead = data.filter(({ end }) => Date.parse(end) > Date.now());
  if (ahead.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="overrides">
      <h2 id="overrides">{t('overrides')}</h2>
      <ul className={styles.list}>
        {ahead.map((override) => (
          <OverrideLine key={override.id} schedule={schedule} override={override} />
        ))}
      </ul>
    </section>
  );
}

function OverrideLine({ schedule, override }: { schedule: Schedule; override: Override }) {
  const { t } = useTranslation('on-call');
  const { userName } = usePeople();
  const { span } = useDutyTimes(schedule.timeZone);
  const mayWork = useMay('work');
  const remove = useDutyChange(() => removeOverride(schedule.id, override.id));
  const { user, replaces, adds, reason, start, end } = override;
  const names = { user: userName(user ?? ''), replaces: userName(replaces ?? ''), adds: userName(adds ?? '') };
  const text =
    adds !== null
      ? t('override.adds', names)
      : user === null
        ? t('override.removes', names)
        : replaces === null
          ? t('override.all', names)
          : t('override.replaces', names);
  return (
    <li>
      <span>
        {text}
        <span className={styles.when}>
          {span(start, end)}
          {reason !== null && ` · ${reason}`}
        </span>
        <Failure error={remove.error} />
      </span>
      {mayWork && (
        <Button size="compact-sm" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('override.remove')}
        </Button>
      )}
    </li>
  );
}
