import { Alert, Button, NativeSelect } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';
import { usePeople } from '../api/people.ts';
import { useMay, useSession } from '../api/session.ts';
import type { Priority, Ticket } from '../api/types.ts';
import { IdleTime } from '../ui/idle-time.tsx';
import { priorities } from '../ui/choices.ts';
import { PriorityTag, RatingTag, StatusTag } from '../ui/tags.tsx';
import { actionsIn, useTicketCommand, withKey } from './commands.ts';
import styles from './ticket.module.css';

const MergeDialog = lazy(() => import('./merge-dialog.tsx').then((it) => ({ default: it.MergeDialog })));

/** What the ticket is, and what can be done with it: as choices for those who may, as text for others. */
export function Properties({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { users, teams, userName, teamName } = usePeople();
  const { user } = useSession();
  const mayWork = useMay('work') && ticket.status !== 'closed';
  const tell = useTicketCommand(ticket.id);
  const [merging, setMerging] = useState(false);
  const { assignee, team, priority } = ticket;
  const nobody = { value: '', label: t('queue.unassigned') };
  // Whoever has left, and a team that is gone, are still named where they are what is chosen.
  const options = (list: readonly { id: string; name: string }[], chosen: string | null, name: string) => [
    ...list.map(({ id, name }) => ({ value: id, label: name })),
    ...(chosen === null || list.some(({ id }) => id === chosen) ? [] : [{ value: chosen, label: name }]),
  ];
  return (
    <section className={styles.panel} aria-label={t('ticket.properties')}>
      {mayWork && (
        <div className={styles.actions}>
          {actionsIn(ticket.status).map((action) => (
            <Button
              key={action}
              variant={action === 'solve' ? 'filled' : 'default'}
              disabled={tell.isPending}
              onClick={() => tell.mutate(withKey({ name: action, body: {} }))}
            >
              {t(`action.${action}`)}
            </Button>
          ))}
          {assignee !== user.id && (
            <Button
              variant="default"
              disabled={tell.isPending}
              onClick={() => tell.mutate(withKey({ name: 'assign', body: { assignee: user.id } }))}
            >
              {t('bulk.assignToMe')}
            </Button>
          )}
          <Button variant="default" disabled={tell.isPending} onClick={() => setMerging(true)}>
            {t('action.merge')}
          </Button>
        </div>
      )}
      <Suspense>{merging && <MergeDialog ticket={ticket} onClose={() => setMerging(false)} />}</Suspense>
      {tell.isError && (
        <Alert color="red" role="alert" py="xs">
          {problemText(tell.error)}
        </Alert>
      )}
      <dl className={styles.facts}>
        <dt>{t('queue.status')}</dt>
        <dd>
          <StatusTag status={ticket.status} />
        </dd>
        <dt>{t('queue.priority')}</dt>
        <dd>
          {mayWork ? (
            <NativeSelect
              aria-label={t('queue.priority')}
              disabled={tell.isPending}
              value={priority}
              onChange={(event) =>
                tell.mutate(withKey({ name: 'priority', body: { priority: event.currentTarget.value as Priority } }))
              }
              data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
            />
          ) : (
            <PriorityTag priority={priority} />
          )}
        </dd>
        <dt>{t('queue.assignee')}</dt>
        <dd>
          {mayWork ? (
            <NativeSelect
              aria-label={t('queue.assignee')}
              disabled={tell.isPending}
              value={assignee ?? ''}
              onChange={(event) =>
                tell.mutate(withKey({ name: 'assign', body: { assignee: event.currentTarget.value || null } }))
              }
              data={[
                nobody,
                ...options(
                  users.filter(({ active }) => active),
                  assignee,
                  userName(assignee ?? ''),
                ),
              ]}
            />
          ) : (
            <span dir="auto">{assignee === null ? t('queue.unassigned') : userName(assignee)}</span>
          )}
        </dd>
        <dt>{t('queue.team')}</dt>
        <dd>
          {mayWork ? (
            <NativeSelect
              aria-label={t('queue.team')}
              disabled={tell.isPending}
              value={team ?? ''}
              onChange={(event) =>
                tell.mutate(withKey({ name: 'assign', body: { team: event.currentTarget.value || null } }))
              }
              data={[{ value: '', label: t('queue.noTeam') }, ...options(teams, team, teamName(team ?? ''))]}
            />
          ) : (
            <span dir="auto">{team === null ? t('queue.noTeam') : teamName(team)}</span>
          )}
        </dd>
        <dt>{t('ticket.requester')}</dt>
        <dd dir="auto">
          {ticket.requester.name}
          <br />
          <span className={styles.dimmed}>{ticket.requester.email}</span>
        </dd>
        <dt>{t('ticket.channel')}</dt>
        <dd>{ticket.channel}</dd>
        {ticket.tags.length > 0 && (
          <>
            <dt>{t('ticket.tags')}</dt>
            <dd dir="auto">{ticket.tags.join(', ')}</dd>
          </>
        )}
        {ticket.rating !== null && (
          <>
            <dt>{t('ticket.rating')}</dt>
            <dd>
              <RatingTag rating={ticket.rating} />
              {ticket.ratingComment !== null && (
                <p className={styles.comment} dir="auto">
                  {ticket.ratingComment}
                </p>
              )}
            </dd>
          </>
        )}
        <dt>{t('queue.column.idle')}</dt>
        <dd>
          <IdleTime since={ticket.updatedAt} />
        </dd>
      </dl>
    </section>
  );
}
