import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { dragTickets } from '../agents/drag.ts';
import type { People } from '../api/people.ts';
import type { Ticket } from '../api/types.ts';
import { Icon } from '../shell/icons.tsx';
import { IdleTime } from '../ui/idle-time.tsx';
import { SlaBar } from '../ui/sla-bar.tsx';
import { PriorityTag, StatusTag } from '../ui/tags.tsx';
import styles from './queue.module.css';
import type { Selection } from './selection.ts';

interface TicketLineProps {
  readonly ticket: Ticket;
  readonly index: number;
  /** Where the line begins, in pixels from the first. */
  readonly start: number;
  readonly selection: Selection | null;
  readonly people: People;
  readonly onOpen: () => void;
  readonly onAssign: () => void;
}

/** What a line shows of a subject at most: a screen reader need not read 5,000 characters to get to the next line. */
const shownSubject = 200;

/** Drawn by the browser's own means: there are many of it, and they come and go while the list is scrolled. */
export function TicketLine({ ticket, index, start, selection, people, onOpen, onAssign }: TicketLineProps) {
  const { t } = useTranslation();
  const { userName, teamName } = people;
  const { subject } = ticket;
  // The whole line is a target for the mouse; for the keyboard and for screen readers the subject is the link.
  const click = (event: MouseEvent): void => {
    if (!(event.target as Element).closest('a, button, input, label')) onOpen();
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-ticket={ticket.id}
      data-selectable={selection !== null}
      className={styles.line}
      style={{ transform: `translateY(${start}px)` }}
      onClick={click}
      draggable={selection !== null}
      onDragStart={(event) => dragTickets(event, selection?.has(ticket.id) ? selection.ids : [ticket.id])}
    >
      {selection !== null && (
        <span role="cell">
          <input
            type="checkbox"
            className={styles.tick}
            aria-label={t('queue.select', { reference: ticket.reference })}
            checked={selection.has(ticket.id)}
            onChange={() => selection.toggle(ticket.id)}
          />
        </span>
      )}
      <span role="cell" className={styles.sla}>
        <SlaBar ticket={ticket} />
      </span>
      <span role="cell" className={styles.subject}>
        <Link to="/tickets/$id" params={{ id: ticket.id }} dir="auto" draggable={false}>
          {subject.length > shownSubject ? `${subject.slice(0, shownSubject).toWellFormed()}…` : subject}
        </Link>
        <span className={styles.requester} dir="auto">
          {ticket.requester.name}
        </span>
      </span>
      <span role="cell" className={styles.priority}>
        <PriorityTag priority={ticket.priority} />
      </span>
      <span role="cell" className={styles.status}>
        <StatusTag status={ticket.status} />
      </span>
      <span role="cell" className={styles.assignee}>
        <span dir="auto">{ticket.assignee === null ? t('queue.unassigned') : userName(ticket.assignee)}</span>
        <span className={styles.requester} dir="auto">
          {ticket.team === null ? '' : teamName(ticket.team)}
        </span>
      </span>
      <span role="cell" className={styles.idle}>
        <IdleTime since={ticket.updatedAt} />
      </span>
      {selection !== null && (
        <span role="cell">
          <button
            type="button"
            className={styles.give}
            title={t('queue.assign', { reference: ticket.reference })}
            aria-label={t('queue.assign', { reference: ticket.reference })}
            onClick={onAssign}
          >
            <Icon name="assign" size={16} />
          </button>
        </span>
      )}
    </div>
  );
}
