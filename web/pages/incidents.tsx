import { Checkbox, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentsQuery } from '../api/incidents.ts';
import { IncidentCard } from '../incidents/incident-card.tsx';
import styles from '../incidents/incidents.module.css';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const open = { status: 'triggered,acknowledged' };

/** Who is paged for what, and what was tried. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const [withResolved, setWithResolved] = useState(false);
  const { data, error, refetch } = useQuery(incidentsQuery(withResolved ? {} : open));
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <PageTitle title={t('nav.incidents')} className={styles.title} />
        <Checkbox
          size="xs"
          label={t('incident.withResolved')}
          checked={withResolved}
          onChange={(event) => setWithResolved(event.currentTarget.checked)}
        />
      </header>
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('loading')}>
            <Skeleton height={120} mb="md" />
            <Skeleton height={120} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : data.data.length === 0 ? (
        <p className={styles.empty}>{t('incident.empty')}</p>
      ) : (
        <ul className={styles.list}>
          {data.data.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} />
          ))}
        </ul>
      )}
    </div>
  );
}
