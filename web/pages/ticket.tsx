import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { messagesQuery, ticketEventsQuery, ticketQuery } from '../api/tickets.ts';
import { NotFound } from '../shell/not-found.tsx';
import { Failed } from '../shell/page-error.tsx';
import { Annotation } from '../ticket/annotation.tsx';
import { Bugs } from '../ticket/bugs.tsx';
import { Clocks } from '../ticket/clocks.tsx';
import { Composer } from '../ticket/composer.tsx';
import { Conversation } from '../ticket/conversation.tsx';
import { Properties } from '../ticket/properties.tsx';
import { TicketHead } from '../ticket/ticket-head.tsx';
import { TicketIncidents } from '../ticket/ticket-incidents.tsx';
import styles from '../ticket/ticket.module.css';
import { Timeline } from '../ticket/timeline.tsx';
import { useTyping } from '../ticket/use-typing.ts';

const WorkflowLink = lazy(() => import('../ticket/workflow-link.tsx').then((it) => ({ default: it.WorkflowLink })));
const Presence = lazy(() => import('../ticket/presence.tsx').then((it) => ({ default: it.Presence })));

const route = getRouteApi('/desk/tickets/$id');

export function TicketPage() {
  const { t } = useTranslation();
  // People write ids with dashes and as they like; events name them without.
  const id = route.useParams().id.replaceAll('-', '').toUpperCase();
  const ticket = useQuery(ticketQuery(id));
  const messages = useQuery(messagesQuery(id));
  const { data: events = [] } = useQuery(ticketEventsQuery(id));
  const mayWrite = useMay('note');
  const mayConfigure = useMay('configure');
  const { typing, onType } = useTyping();
  const error = ticket.error ?? messages.error;
  if (ticket.data === undefined || messages.data === undefined) {
    if (error === null) return <Loading />;
    if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
    return <Failed error={error} retry={() => void Promise.all([ticket.refetch(), messages.refetch()])} />;
  }
  const row = ticket.data;
  return (
    // Another ticket is another page: nothing of one's composer is left for the next.
    <div className={styles.page} key={id}>
      <div className={styles.main}>
        <TicketHead ticket={row} />
        <Conversation ticket={row} messages={messages.data} />
        <Suspense>
          <Presence ticket={id} typing={typing} />
        </Suspense>
        {row.status === 'closed' ? (
          <p className={styles.closed}>{t('ticket.closed')}</p>
        ) : (
          mayWrite && <Composer ticket={row} messages={messages.data} onType={onType} />
        )}
      </div>
      <aside className={styles.side} aria-label={t('ticket.details')}>
        <Properties ticket={row} />
        <Annotation ticket={row} />
        <Clocks ticket={row} events={events} />
        <TicketIncidents ticket={row} />
        <Bugs ticket={row} />
        <section className={styles.panel} aria-labelledby="timeline">
          <h2 id="timeline">{t('ticket.timeline')}</h2>
          <Timeline events={events} ticket={row} />
        </section>
        <Suspense>{mayConfigure && <WorkflowLink ticket={id} />}</Suspense>
      </aside>
    </div>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} style={{ padding: '1rem' }}>
      <Skeleton height={24} width="60%" mb="lg" />
      <Skeleton height={90} width="70%" mb="md" />
      <Skeleton height={90} width="70%" />
    </div>
  );
}
