import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { schedulesQuery } from '../api/schedules.ts';
import { useMay } from '../api/session.ts';
import type { Schedule } from '../api/types.ts';
import { Agenda, Overrides } from '../on-call/agenda.tsx';
import { Fairness } from '../on-call/fairness.tsx';
import styles from '../on-call/on-call.module.css';
import { Timeline } from '../on-call/timeline.tsx';
import { instantIn, midnight, wallText } from '../on-call/zone.ts';
import { NotFound } from '../shell/not-found.tsx';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { ButtonLink } from '../ui/button-link.tsx';

const route = getRouteApi('/desk/on-call/$id');

export function SchedulePage() {
  const { t } = useTranslation(['on-call', 'desk']);
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(schedulesQuery);
  if (data === undefined) {
    return error === null ? (
      <div role="status" aria-label={t('desk:loading')}>
        <Skeleton height={240} m="md" />
      </div>
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  }
  const schedule = data.find((one) => one.id === id);
  return schedule === undefined ? <NotFound /> : <Page schedule={schedule} />;
}

/** One schedule over some days: as a picture, in words, and how it is shared. */
function Page({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('on-call');
  const mayConfigure = useMay('configure');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { timeZone } = schedule;
  const days = search.days ?? 14;
  const first = instantIn(timeZone, `${search.from ?? 'today'}T00:00`) ?? midnight(timeZone, Date.now());
  const dateAt = (by: number): string => wallText(timeZone, midnight(timeZone, first, by)).slice(0, 10);
  const window = {
    from: new Date(first).toISOString(),
    to: new Date(midnight(timeZone, first, days)).toISOString(),
  };
  const go = (change: object): void =>
    void navigate({ to: '/on-call/$id', params: { id: schedule.id }, search: { ...search, ...change }, replace: true });
  return (
    <div className={styles.page}>
      <p>
        <Link to="/on-call">{t('title')}</Link>
      </p>
      <header className={styles.top}>
        <PageTitle title={schedule.name} className={styles.title} />
        {mayConfigure && (
          <ButtonLink variant="default" to="/on-call/$id/edit" params={{ id: schedule.id }}>
            {t('changeSchedule')}
          </ButtonLink>
        )}
      </header>
      <p className={styles.quiet}>{t('inZone', { zone: timeZone })}</p>
      <div className={styles.controls}>
        <Button variant="default" onClick={() => go({ from: dateAt(-days) })}>
          {t('earlier')}
        </Button>
        <Button variant="default" onClick={() => go({ from: undefined })}>
          {t('today')}
        </Button>
        <Button variant="default" onClick={() => go({ from: dateAt(days) })}>
          {t('later')}
        </Button>
        <NativeSelect
          label={t('days.label')}
          value={String(days)}
          onChange={(event) => go({ days: Number(event.currentTarget.value) })}
          data={([7, 14, 31] as const).map((value) => ({ value: String(value), label: t(`days.${value}`) }))}
        />
      </div>
      <Timeline schedule={schedule} window={window} days={days} />
      <Overrides schedule={schedule} />
      <Agenda schedule={schedule} window={window} />
      <Fairness schedule={schedule} window={window} />
    </div>
  );
}
