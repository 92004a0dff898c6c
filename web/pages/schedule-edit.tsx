import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { schedulesQuery } from '../api/schedules.ts';
import { useMay } from '../api/session.ts';
import { ScheduleForm } from '../on-call/editor/schedule-form.tsx';
import styles from '../on-call/on-call.module.css';
import { NotFound } from '../shell/not-found.tsx';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const route = getRouteApi('/desk/on-call/$id/edit');

export function NewSchedulePage() {
  const { t } = useTranslation('schedule-editor');
  return (
    <Page title={t('newTitle')}>
      <ScheduleForm schedule={null} />
    </Page>
  );
}

export function EditSchedulePage() {
  const { t } = useTranslation(['schedule-editor', 'desk']);
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
  if (schedule === undefined) return <NotFound />;
  return (
    <Page title={t('editTitle', { name: schedule.name })}>
      <ScheduleForm key={id} schedule={schedule} />
    </Page>
  );
}

/** For who may configure; others are told who can. */
function Page({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation(['schedule-editor', 'on-call']);
  const mayConfigure = useMay('configure');
  return (
    <div className={styles.page}>
      <p>
        <Link to="/on-call">{t('on-call:title')}</Link>
      </p>
      <PageTitle title={title} className={styles.title} />
      {mayConfigure ? children : <p className={styles.quiet}>{t('mayNot')}</p>}
    </div>
  );
}
