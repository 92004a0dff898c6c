import { Alert, Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { newKey, problemText } from '../api/client.ts';
import { type IncidentCommand, tellIncident } from '../api/incidents.ts';
import { usePeople } from '../api/people.ts';
import { useMay } from '../api/session.ts';
import type { Incident } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { Timeline } from '../ticket/timeline.tsx';
import { IdleTime } from '../ui/idle-time.tsx';
import { referenceOf } from '../ui/reference.ts';
import { PriorityTag } from '../ui/tags.tsx';
import styles from './incidents.module.css';

const restFor = ['PT30M', 'PT1H', 'PT4H', 'PT24H'] as const;

/** One incident: what it is about, who is paged, what can be answered, and what was tried. */
export function IncidentCard({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { users, userName, teamName } = usePeople();
  const mayWork = useMay('work') && incident.status !== 'resolved';
  const client = useQueryClient();
  const tell = useMutation({
    mutationFn: (command: IncidentCommand) => tellIncident(incident.id, command, newKey()),
    // The list follows by the incident's event; this is for whoever is offline just then.
    onSettled: () => client.invalidateQueries({ queryKey: ['incidents'] }),
  });
  const people = users.filter(({ active, role }) => active && role !== 'viewer');
  return (
    <li id={incident.id} className={styles.card} data-status={incident.status}>
      <header className={styles.head}>
        <h2>{incident.reason}</h2>
        <span className={styles.status}>{t(`incident.status.${incident.status}`)}</span>
        <PriorityTag priority={incident.priority} />
      </header>
      <p className={styles.facts}>
        {t('incident.openFor')} <IdleTime since={incident.openedAt} />
        {incident.ticket !== null && (
          <>
            {' · '}
            <Link to="/tickets/$id" params={{ id: incident.ticket }}>
              {t('incident.ticket', { ticket: referenceOf(incident.ticket) })}
            </Link>
          </>
        )}
        {incident.team !== null && ` · ${teamName(incident.team)}`}
        {' · '}
        {t('incident.step', { step: incident.step, round: incident.round })}
        {' · '}
        {incident.responders.length === 0
          ? t('incident.nobody')
          : t('incident.responders', { people: incident.responders.map(userName).join(', ') })}
        {incident.acknowledgedBy !== null &&
          ` · ${t('incident.acknowledgedBy', { name: userName(incident.acknowledgedBy) })}`}
        {incident.snoozedUntil !== null && ` · ${t('incident.until', { until: moment(incident.snoozedUntil) })}`}
      </p>
      {mayWork && (
        <div className={styles.actions}>
          {incident.status === 'triggered' && (
            <Button disabled={tell.isPending} onClick={() => tell.mutate({ name: 'acknowledge', body: {} })}>
              {t('action.acknowledge')}
            </Button>
          )}
          <Button
            variant="default"
            disabled={tell.isPending}
            onClick={() => tell.mutate({ name: 'resolve', body: {} })}
          >
            {t('action.resolve')}
          </Button>
          <Button
            variant="default"
            disabled={tell.isPending}
            onClick={() => tell.mutate({ name: 'escalate', body: {} })}
          >
            {t('action.escalate')}
          </Button>
          <NativeSelect
            aria-label={t('action.reassign')}
            disabled={tell.isPending}
            value=""
            onChange={(event) => tell.mutate({ name: 'reassign', body: { user: event.currentTarget.value } })}
            data={[
              { value: '', label: t('action.reassign') },
              ...people.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <NativeSelect
            aria-label={t('action.snooze')}
            disabled={tell.isPending}
            value=""
            onChange={(event) => tell.mutate({ name: 'snooze', body: { for: event.currentTarget.value } })}
            data={[
              { value: '', label: t('action.snooze') },
              ...restFor.map((value) => ({ value, label: t(`incident.rest.${value}`) })),
            ]}
          />
        </div>
      )}
      {tell.isError && (
        <Alert color="red" role="alert" py="xs">
          {problemText(tell.error)}
        </Alert>
      )}
      <details open={incident.status === 'triggered'}>
        <summary>{t('incident.tried')}</summary>
        <Timeline events={incident.timeline} ticket={null} />
      </details>
    </li>
  );
}
